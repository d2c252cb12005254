/**
 * Who may listen to a training.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.listener;
