/**
 * Checkpoints that are whole or absent, as folders of safetensors files.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.checkpoint;
