/**
 * The Spark application, whose tasks run trials as processes.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.spark.job;
