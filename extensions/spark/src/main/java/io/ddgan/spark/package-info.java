/**
 * Trials as tasks of Spark, in two processes: here what the sweep does, which sees nothing of
 * Spark, and in {@code job} what Spark runs, which sees nothing of ddgan.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.spark;
