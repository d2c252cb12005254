package io.ddgan.train;

import io.ddgan.config.Key;

/**
 * How the networks are trained: Adam for both, with rates that decay along a cosine.
 *
 * @param batch examples per iteration
 * @param iterations length of the training
 * @param learningRateGenerator the generator's learning rate at the start
 * @param learningRateDiscriminator the discriminator's learning rate at the start
 * @param learningRateEnd both learning rates at the end of the cosine decay
 * @param beta1 Adam's decay of the gradient's running mean
 * @param beta2 Adam's decay of the squared gradient's running mean
 * @param epsilon Adam's guard against division by zero
 * @param ema decay of the running mean of the generator's weights, which samples are drawn with
 * @param emaWarmUp whether the decay starts small and grows to {@code ema}
 * @param logEvery iterations between two rows of metrics
 * @param sampleEvery iterations between two sample grids, 0 for none
 * @param sampleCount examples in a sample grid
 * @param checkpointEvery iterations between two checkpoints; the last iteration always has one
 * @param checkpointsKept how many of the latest checkpoints are kept
 */
public record TrainingSettings(
    @Key(value = "examples per iteration", min = 1) int batch,
    @Key(value = "length of the training", min = 1) long iterations,
    @Key(value = "the generator's learning rate at the start", min = 0, max = 1)
        double learningRateGenerator,
    @Key(value = "the discriminator's learning rate at the start", min = 0, max = 1)
        double learningRateDiscriminator,
    @Key(value = "both learning rates at the end of the cosine decay", min = 0, max = 1)
        double learningRateEnd,
    @Key(value = "Adam's decay of the gradient's running mean", min = 0, max = 0.999999)
        double beta1,
    @Key(value = "Adam's decay of the squared gradient's running mean", min = 0, max = 0.999999)
        double beta2,
    @Key(value = "Adam's guard against division by zero", min = 1e-30, max = 1) double epsilon,
    @Key(value = "decay of the running mean of the generator's weights", min = 0, max = 0.9999999)
        double ema,
    @Key("whether the decay starts small and grows") boolean emaWarmUp,
    @Key(value = "iterations between two rows of metrics", min = 1) int logEvery,
    @Key(value = "iterations between two sample grids, 0 for none", min = 0) int sampleEvery,
    @Key(value = "examples in a sample grid", min = 1) int sampleCount,
    @Key(value = "iterations between two checkpoints", min = 1) int checkpointEvery,
    @Key(value = "how many of the latest checkpoints are kept", min = 1) int checkpointsKept) {}
