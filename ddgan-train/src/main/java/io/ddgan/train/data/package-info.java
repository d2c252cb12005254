/**
 * Data sets, the order in which training sees their examples, and reading ahead.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.data;
