package io.ddgan.eval;

import static io.ddgan.plugin.ComponentKind.FEATURES;
import static io.ddgan.plugin.ComponentKind.METRIC;

import io.ddgan.eval.classifier.Classifier;
import io.ddgan.eval.inception.Inception;
import io.ddgan.eval.metrics.ClassAccuracy;
import io.ddgan.eval.metrics.DensityCoverage;
import io.ddgan.eval.metrics.FrechetDistance;
import io.ddgan.eval.metrics.InceptionScore;
import io.ddgan.eval.metrics.IntraFid;
import io.ddgan.eval.metrics.KernelDistance;
import io.ddgan.eval.metrics.ModeCoverage;
import io.ddgan.eval.metrics.PrecisionRecall;
import io.ddgan.eval.metrics.Timing;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the feature extractors and the metrics. */
public final class EvalPlugin extends DdganPlugin {

  public EvalPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-eval";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        FEATURES,
        "classifier",
        "Small classifier, trained once on the labelled data set",
        Classifier.class);
    contributions.add(
        FEATURES,
        "inception",
        "InceptionV3 of the FID, for images; needs its published weights",
        Inception.class);
    contributions.add(FEATURES, "identity", "The examples' own values, for points", Identity.class);
    contributions.add(
        METRIC, "fid", "Frechet distance of features (Heusel et al., 2017)", FrechetDistance.class);
    contributions.add(
        METRIC,
        "kid",
        "Kernel distance of features (Binkowski et al., 2018)",
        KernelDistance.class);
    contributions.add(
        METRIC,
        "inception-score",
        "Confidence and diversity of predicted classes (Salimans et al., 2016)",
        InceptionScore.class);
    contributions.add(
        METRIC,
        "precision-recall",
        "Nearest-neighbour precision and recall (Kynkaanniemi et al., 2019)",
        PrecisionRecall.class);
    contributions.add(
        METRIC,
        "density-coverage",
        "Nearest-neighbour density and coverage (Naeem et al., 2020)",
        DensityCoverage.class);
    contributions.add(
        METRIC,
        "modes",
        "Number of mixture modes or classes covered, and how evenly",
        ModeCoverage.class);
    contributions.add(
        METRIC,
        "class-accuracy",
        "Share of examples classified as the requested class",
        ClassAccuracy.class);
    contributions.add(
        METRIC,
        "intra-fid",
        "Mean Frechet distance within classes (Miyato and Koyama, 2018)",
        IntraFid.class);
    contributions.add(
        METRIC, "timing", "Network evaluations per example, and sampling time", Timing.class);
  }
}
