/**
 * Formats numbers and tables for people.
 *
 * <p>Internal: it may change with any version.
 */
package io.ddgan.app.text;
