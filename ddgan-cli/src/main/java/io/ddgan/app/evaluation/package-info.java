/**
 * Measures what runs generate, and examples that are there already.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.evaluation;
