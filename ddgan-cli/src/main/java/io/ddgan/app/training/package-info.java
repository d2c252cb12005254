/**
 * Trains new and resumed runs in this process, with their progress and log files; and compares a
 * run with its copy.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.training;
