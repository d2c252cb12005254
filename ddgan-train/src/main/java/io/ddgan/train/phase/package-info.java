/**
 * The phases of an objective as plans, with what each step draws for them.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.phase;
