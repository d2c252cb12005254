/** A classifier that is trained on the data set at hand, as a feature extractor. */
package io.ddgan.eval.classifier;
