package io.ddgan.internal.graph;

import io.ddgan.api.RefusedException;
import io.ddgan.api.TangentRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * Forward-mode differentiation: Jacobian-vector products as variables of the same graph. One rule
 * per operation builds them from ordinary operations, so reverse mode can differentiate them again.
 */
public final class ForwardMode {

  private final SameDiff sameDiff;
  private final Map<String, TangentRule> rules;

  /** Adds rules to the standard ones; they take precedence. */
  public ForwardMode(SameDiff sameDiff, Map<String, TangentRule> additional) {
    this.sameDiff = sameDiff;
    this.rules = new HashMap<>(TangentRules.standard());
    this.rules.putAll(additional);
  }

  /**
   * Returns the product of the Jacobian d output / d input with a vector.
   *
   * @param vector the direction, in the shape of the input
   * @param constants variables that are held constant: their tangents are zero
   * @return the product, in the shape of the output
   */
  public SDVariable product(
      SDVariable output, SDVariable input, SDVariable vector, Set<SDVariable> constants) {
    Set<String> held = new HashSet<>();
    constants.forEach(constant -> held.add(constant.name()));
    Map<String, SDVariable> tangents = new HashMap<>();
    tangents.put(input.name(), vector);
    Set<String> needed = new HashSet<>(Set.of(output.name()));
    for (SameDiffOp node : GraphOperation.towards(sameDiff, needed)) {
      GraphOperation operation = new GraphOperation(sameDiff, node.getOp());
      List<Optional<SDVariable>> arguments = new ArrayList<>();
      for (SDVariable argument : operation.arguments()) {
        arguments.add(Optional.ofNullable(tangents.get(argument.name())));
      }
      String result = node.getOutputsOfOp().get(0);
      if (node.getOutputsOfOp().size() > 1 && arguments.stream().anyMatch(Optional::isPresent)) {
        throw new RefusedException(
            "the operation %s has several outputs, which forward mode does not support; use one with a single output, such as slice instead of split"
                .formatted(operation.name()));
      }
      boolean continuous = sameDiff.getVariable(result).dataType().isFPType();
      if (continuous
          && !held.contains(result)
          && arguments.stream().anyMatch(Optional::isPresent)) {
        OperationNames.begin(sameDiff);
        tangents.put(result, rule(operation).tangent(operation, arguments));
      }
    }
    SDVariable product = tangents.get(output.name());
    if (product == null) {
      throw new IllegalArgumentException(
          "%s does not depend on %s"
              .formatted(OperationNames.plain(output.name()), OperationNames.plain(input.name())));
    }
    return product;
  }

  private TangentRule rule(GraphOperation operation) {
    TangentRule rule = rules.get(operation.name());
    if (rule == null) {
      throw new RefusedException(
          ("the operation %s has no forward-mode rule, but a gradient penalty needs one for every"
                  + " operation in the discriminator; add one in a plug-in with"
                  + " contributions.addTangentRule(\"%s\", ...) or use another operation")
              .formatted(operation.name(), operation.name()));
    }
    return rule;
  }
}
