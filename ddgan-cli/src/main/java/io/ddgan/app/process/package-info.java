/**
 * Trainings in processes of their own: how this machine runs them, and how they are followed
 * wherever they run.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.process;
