/**
 * Formats numbers and tables as text.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.text;
