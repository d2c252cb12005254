/**
 * A classifier that is trained on the data set at hand, as a feature extractor.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.classifier;
