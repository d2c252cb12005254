/**
 * Formats numbers and tables for people.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.text;
