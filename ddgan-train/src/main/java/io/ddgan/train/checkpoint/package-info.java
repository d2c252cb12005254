/** Checkpoints that are whole or absent, as folders of safetensors files. Internal: may change. */
package io.ddgan.train.checkpoint;
