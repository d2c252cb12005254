/**
 * Checkpoints, which are complete or absent, as folders of safetensors files.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.checkpoint;
