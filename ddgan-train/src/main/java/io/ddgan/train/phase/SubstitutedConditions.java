package io.ddgan.train.phase;

import io.ddgan.api.Conditions;
import io.ddgan.api.DataShape;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Conditions of one of several evaluations within a graph: a time and latent vectors of its own.
 *
 * @param common what all evaluations share
 * @param time {@code [N]}
 * @param latent {@code [N, latentSize]}
 */
record SubstitutedConditions(Conditions common, SDVariable time, SDVariable latent)
    implements Conditions {

  @Override
  public SameDiff sameDiff() {
    return common.sameDiff();
  }

  @Override
  public int size() {
    return common.size();
  }

  @Override
  public DataShape shape() {
    return common.shape();
  }

  @Override
  public Optional<SDVariable> label() {
    return common.label();
  }

  @Override
  public SDVariable blank(String input) {
    return common.blank(input);
  }
}
