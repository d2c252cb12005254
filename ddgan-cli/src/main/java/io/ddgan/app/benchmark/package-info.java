/**
 * How fast training and sampling are, and where the time goes.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.benchmark;
