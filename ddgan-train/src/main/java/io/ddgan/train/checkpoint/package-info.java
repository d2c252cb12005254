/** Checkpoints that are whole or absent, as folders of safetensors files. */
package io.ddgan.train.checkpoint;
