/** The phases of an objective as plans, with what each step draws for them. */
package io.ddgan.train.phase;
