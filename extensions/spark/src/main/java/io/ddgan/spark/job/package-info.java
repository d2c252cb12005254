/**
 * What Spark runs: an application in whose tasks trials are processes.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.spark.job;
