package io.ddgan.internal.weights;

import io.ddgan.internal.file.Printable;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a pickle may call or make. There is nothing else, and nothing of it runs foreign code. */
enum Constructor {
  TENSOR("torch._utils._rebuild_tensor_v2"),
  PARAMETER("torch._utils._rebuild_parameter"),
  SIZE("torch.Size"),
  ORDERED_DICT("collections.OrderedDict"),
  NAMESPACE("argparse.Namespace");

  private static final Map<String, Constructor> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(c -> c.python, Function.identity()));

  private final String python;

  Constructor(String python) {
    this.python = python;
  }

  /**
   * What a global name of Python stands for: a constructor, or the type of a storage's elements.
   *
   * @throws UnreadableException if it is anything else
   */
  static Object named(String module, String name) throws UnreadableException {
    String full = module + "." + name;
    if (BY_NAME.containsKey(full)) {
      return BY_NAME.get(full);
    }
    Optional<ElementType> storage =
        module.equals("torch") ? ElementType.ofStorage(name) : Optional.empty();
    return storage.orElseThrow(
        () ->
            new UnreadableException(
                "asks to run %s, which no checkpoint needs; nothing was run"
                    .formatted(Printable.of(full))));
  }

  @Override
  public String toString() {
    return python;
  }
}
