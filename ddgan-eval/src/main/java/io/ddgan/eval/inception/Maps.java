package io.ddgan.eval.inception;

import org.nd4j.autodiff.samediff.SDVariable;

/** Feature maps {@code [N, channels, height, width]} inside the network. */
record Maps(SDVariable value, int channels) {}
