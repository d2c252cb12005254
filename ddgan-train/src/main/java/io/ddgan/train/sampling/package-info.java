/** Examples along a sampler's path, of a model in training or out of a checkpoint. */
package io.ddgan.train.sampling;
