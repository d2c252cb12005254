package io.ddgan.internal.graph;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Copies a SameDiff function with its options, but without arguments and outputs. SameDiff's own
 * copies use its file format, which takes half a second and loses the format of a convolution's
 * weights and the type of a cast.
 */
final class FunctionCopy {

  /** The fields for a function's graph, arguments and outputs, which are not copied. */
  private static final Set<String> PLACE =
      Set.of(
          "sameDiff",
          "ownName",
          "ownNameSetWithDefault",
          "x",
          "y",
          "z",
          "xVertexId",
          "yVertexId",
          "zVertexId",
          "inputArguments",
          "outputArguments",
          "outputShapes");

  private FunctionCopy() {}

  static DifferentialFunction of(DifferentialFunction function) {
    try {
      Constructor<? extends DifferentialFunction> constructor =
          function.getClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      DifferentialFunction copy = constructor.newInstance();
      for (Class<?> c = function.getClass(); c != Object.class; c = c.getSuperclass()) {
        for (Field field : c.getDeclaredFields()) {
          if (isOption(field)) {
            field.setAccessible(true);
            field.set(copy, own(field.get(function)));
          }
        }
      }
      return copy;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot copy " + function.getClass(), e);
    }
  }

  private static boolean isOption(Field field) {
    Class<?> type = field.getType();
    return !Modifier.isStatic(field.getModifiers())
        && type != SDVariable.class
        && type != SDVariable[].class
        && !PLACE.contains(field.getName());
  }

  private static Object own(Object value) {
    return value instanceof List<?> list ? new ArrayList<>(list) : value;
  }
}
