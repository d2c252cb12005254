package io.ddgan.internal.graph;

import io.ddgan.api.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.shape.ZerosLike;

/**
 * Reverse-mode differentiation: gradients as variables of the same graph. The forward pass is
 * shared, and gradients can be used and differentiated like any other variable, if their operations
 * have gradients.
 */
public final class ReverseMode {

  private final SameDiff sameDiff;
  private final Map<String, GradientRules.Rule> rules;

  /** Uses the rules of {@link GradientRules} in preference to those of SameDiff. */
  public ReverseMode(SameDiff sameDiff) {
    this.sameDiff = sameDiff;
    this.rules = GradientRules.standard();
  }

  /**
   * Returns the gradients of a scalar.
   *
   * @param constants variables that are held constant: no gradient flows through them
   * @return the gradients by variable, only for variables that the scalar depends on
   */
  public Map<SDVariable, SDVariable> gradients(
      SDVariable scalar, Collection<SDVariable> variables, Set<SDVariable> constants) {
    List<SameDiffOp> active = activeOperations(scalar, variables, constants);
    Map<String, List<SDVariable>> contributions = new HashMap<>();
    contributions.put(scalar.name(), List.of(sameDiff.onesLike(scalar)));
    Set<String> wanted = new HashSet<>(names(variables));
    active.forEach(op -> wanted.addAll(op.getOutputsOfOp()));
    wanted.removeAll(names(constants));

    for (int i = active.size() - 1; i >= 0; i--) {
      SameDiffOp op = active.get(i);
      List<SDVariable> outputs = new ArrayList<>();
      boolean reached = false;
      for (String name : op.getOutputsOfOp()) {
        boolean contributes = contributions.containsKey(name);
        outputs.add(contributes ? sum(contributions, name) : sameDiff.zerosLike(variable(name)));
        reached |= contributes;
      }
      if (reached) {
        propagate(new GraphOperation(sameDiff, op.getOp()), outputs, wanted, contributions);
      }
    }
    Map<SDVariable, SDVariable> gradients = new LinkedHashMap<>();
    for (SDVariable v : variables) {
      if (contributions.containsKey(v.name())) {
        gradients.put(v, sum(contributions, v.name()));
      }
    }
    return gradients;
  }

  private void propagate(
      GraphOperation op,
      List<SDVariable> outputGradients,
      Set<String> wanted,
      Map<String, List<SDVariable>> contributions) {
    OperationNames.begin(sameDiff);
    GradientRules.Rule rule = rules.getOrDefault(op.name(), ReverseMode::differentiate);
    List<SDVariable> gradients = rule.gradients(op, outputGradients);
    List<SDVariable> arguments = op.arguments();
    for (int i = 0; i < Math.min(arguments.size(), gradients.size()); i++) {
      String argument = arguments.get(i).name();
      if (wanted.contains(argument) && !isZero(gradients.get(i))) {
        contributions.computeIfAbsent(argument, name -> new ArrayList<>()).add(gradients.get(i));
      }
    }
  }

  private static List<SDVariable> differentiate(
      GraphOperation op, List<SDVariable> outputGradients) {
    GradientRules.requireRight(op);
    try {
      return op.function().doDiff(outputGradients);
    } catch (RuntimeException e) {
      throw new RefusedException(
          "SameDiff cannot differentiate the operation %s that computes %s (%s); use another operation, or treat its result as a constant"
              .formatted(op.name(), OperationNames.plain(op.output().name()), e.getMessage()),
          e);
    }
  }

  private boolean isZero(SDVariable gradient) {
    return sameDiff.getVariableOutputOp(gradient.name()) instanceof ZerosLike;
  }

  /** Returns the operations between the variables and the scalar, in the order of execution. */
  private List<SameDiffOp> activeOperations(
      SDVariable scalar, Collection<SDVariable> variables, Set<SDVariable> constants) {
    Set<String> blocked = names(constants);
    Set<String> varying = new HashSet<>(names(variables));
    List<SameDiffOp> forward = new ArrayList<>();
    for (SameDiffOp op : List.copyOf(sameDiff.getOps().values())) {
      if (inputs(op).stream().anyMatch(varying::contains)) {
        forward.add(op);
        for (String output : op.getOutputsOfOp()) {
          if (!blocked.contains(output) && variable(output).dataType().isFPType()) {
            varying.add(output);
          }
        }
      }
    }
    Set<String> needed = new HashSet<>(Set.of(scalar.name()));
    List<SameDiffOp> active = new ArrayList<>();
    for (int i = forward.size() - 1; i >= 0; i--) {
      SameDiffOp op = forward.get(i);
      if (op.getOutputsOfOp().stream().anyMatch(o -> needed.contains(o) && varying.contains(o))) {
        active.add(0, op);
        needed.addAll(inputs(op));
      }
    }
    return active;
  }

  private SDVariable sum(Map<String, List<SDVariable>> contributions, String name) {
    List<SDVariable> terms = contributions.get(name);
    SDVariable total = terms.get(0);
    for (SDVariable term : terms.subList(1, terms.size())) {
      total = total.add(term);
    }
    contributions.put(name, List.of(total));
    return total;
  }

  private SDVariable variable(String name) {
    return sameDiff.getVariable(name);
  }

  private static List<String> inputs(SameDiffOp op) {
    return op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
  }

  private static Set<String> names(Collection<SDVariable> variables) {
    Set<String> names = new HashSet<>();
    variables.forEach(v -> names.add(v.name()));
    return names;
  }
}
