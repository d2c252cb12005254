/**
 * Execution of plans: an {@link io.ddgan.engine.Engine} replaces ND4J's operations by its own. For
 * plug-ins with an {@link io.ddgan.api.Executor}.
 */
package io.ddgan.engine;
