/**
 * What runs plans: {@link io.ddgan.engine.Engine} puts calls of its own in place of ND4J's
 * operations.
 */
package io.ddgan.engine;
