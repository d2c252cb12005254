/**
 * The training listeners bundled with the framework.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.listener;
