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
 * A function of SameDiff with the same options and neither arguments nor outputs. SameDiff's own
 * copies go through its file format: that reads descriptions of all operations first, which takes
 * half a second, and loses the format of a convolution's weights and the type of a cast.
 */
final class FunctionCopy {

  /** The fields with which a function knows its graph, its arguments and its outputs by name. */
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
