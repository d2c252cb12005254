/**
 * Training a run again, and what the two have in common.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.reproduction;
