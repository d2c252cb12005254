/**
 * The executor that needs nothing but ND4J.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.executor;
