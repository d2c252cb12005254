/**
 * What runs plans: {@link io.ddgan.engine.Engine} puts calls of its own in place of ND4J's
 * operations. For plug-ins with an {@link io.ddgan.api.Executor}.
 */
package io.ddgan.engine;
