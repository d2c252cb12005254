/**
 * A launcher that runs trials as Spark tasks. This package runs in the sweep's process and does not
 * depend on Spark; {@code job} runs in Spark and does not depend on ddgan.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.spark;
