/**
 * Numbers and tables as people read them.
 *
 * <p>Internal: it may change with any version.
 */
package io.ddgan.app.text;
