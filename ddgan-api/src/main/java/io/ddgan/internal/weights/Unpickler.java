package io.ddgan.internal.weights;

import io.ddgan.internal.file.TerminalEscape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the subset of Python's pickle instructions that builds plain data and tensors. A pickle is
 * a program for a stack machine; this one cannot call arbitrary code.
 */
final class Unpickler {

  private static final Object MARK = new Object();
  private static final int NEWEST_PROTOCOL = 5;

  private final PickleInput in;
  private final TensorSource tensors;
  private final ArrayList<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Unpickler(PickleInput in, TensorSource tensors) {
    this.in = in;
    this.tensors = tensors;
  }

  /** A pickle's reference to a storage. */
  record Storage(ElementType type, String key, long elements) {}

  /** Creates tensors from the storages of a file. */
  @FunctionalInterface
  interface TensorSource {

    /** Returns a tensor in a storage. */
    Tensor tensor(Storage storage, long offset, List<Long> shape, List<Long> steps)
        throws IOException;
  }

  /** The only functions and classes that a pickle may use. None of them runs foreign code. */
  private enum Constructor {
    TENSOR("torch._utils._rebuild_tensor_v2", 6),
    PARAMETER("torch._utils._rebuild_parameter", 3),
    SIZE("torch.Size", 1),
    ORDERED_DICT("collections.OrderedDict", 0),
    NAMESPACE("argparse.Namespace", 0);

    private final String python;
    private final int arguments;

    Constructor(String python, int arguments) {
      this.python = python;
      this.arguments = arguments;
    }

    /** Returns the meaning of a global name: a constructor, or the element type of a storage. */
    static Object named(String module, String name) throws UnreadableException {
      String full = module + "." + name;
      for (Constructor constructor : values()) {
        if (constructor.python.equals(full)) {
          return constructor;
        }
      }
      Optional<ElementType> storage =
          module.equals("torch") ? ElementType.ofStorage(name) : Optional.empty();
      return storage.orElseThrow(
          () ->
              new UnreadableException(
                  "refers to %s, which is not allowed in a checkpoint; nothing was run"
                      .formatted(TerminalEscape.of(full))));
    }
  }

  /** Python's {@code argparse.Namespace}: parsed options by name. */
  private static final class Namespace extends LinkedHashMap<Object, Object> {

    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads a pickle up to its STOP instruction.
   *
   * @return the object, see {@link PytorchFile#read}
   */
  static Object read(PickleInput in, TensorSource tensors) throws IOException {
    Unpickler unpickler = new Unpickler(in, tensors);
    while (true) {
      int instruction = in.unsignedByte();
      if (instruction == '.') {
        return unpickler.pop(Object.class);
      }
      unpickler.run(instruction);
    }
  }

  private void run(int instruction) throws IOException {
    switch (instruction) {
      case 0x80 -> requireProtocol(in.unsignedByte());
      case 0x95 -> in.length(); // frames matter only for streams
      case '(' -> stack.add(MARK);
      case 'N' -> stack.add(Optional.empty());
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) in.unsignedByte());
      case 'M' -> stack.add((long) in.unsignedShort());
      case 'J' -> stack.add((long) in.signedInt());
      case 0x8A -> stack.add(in.whole(in.unsignedByte()));
      case 'G' -> stack.add(in.real());
      case 0x8C -> stack.add(in.text(in.unsignedByte()));
      case 'X' -> stack.add(in.text(Integer.toUnsignedLong(in.signedInt())));
      case 0x8D -> stack.add(in.text(in.length()));
      case ')' -> stack.add(List.of());
      case 0x85 -> stack.add(last(1));
      case 0x86 -> stack.add(last(2));
      case 0x87 -> stack.add(last(3));
      case 't' -> stack.add(sinceMark());
      case ']' -> stack.add(new ArrayList<>());
      case 'a' -> append(last(1));
      case 'e' -> append(sinceMark());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 's' -> put(last(2));
      case 'u' -> put(sinceMark());
      case 'q' -> memo.put(in.unsignedByte(), peek(Object.class));
      case 'r' -> memo.put(in.signedInt(), peek(Object.class));
      case 0x94 -> memo.put(memo.size(), peek(Object.class));
      case 'h' -> stack.add(recall(in.unsignedByte()));
      case 'j' -> stack.add(recall(in.signedInt()));
      case 'c' -> stack.add(Constructor.named(in.line(), in.line()));
      case 0x93 -> {
        String name = pop(String.class);
        stack.add(Constructor.named(pop(String.class), name));
      }
      case 'Q' -> stack.add(storage(pop(List.class)));
      case 'R', 0x81 -> {
        List<?> arguments = pop(List.class);
        stack.add(make(pop(Constructor.class), arguments));
      }
      case 'b' -> build(pop(Object.class));
      default ->
          throw new UnreadableException(
              "has the unsupported pickle instruction 0x%02X; nothing was run"
                  .formatted(instruction));
    }
  }

  private static void requireProtocol(int protocol) throws UnreadableException {
    if (protocol < 2 || protocol > NEWEST_PROTOCOL) {
      throw new UnreadableException(
          "has the unsupported pickle protocol %d; save it with protocol 2, the default of torch.save"
              .formatted(protocol));
    }
  }

  /** Reads a tensor's metadata; rejects tensors that are stored negated or conjugated. */
  private static void requirePlain(Object metadata) throws UnreadableException {
    if (!(metadata instanceof Map<?, ?> map) || map.containsValue(true)) {
      throw new UnreadableException(
          "has a negated or conjugated tensor; save it after resolve_neg()");
    }
  }

  private Object make(Constructor constructor, List<?> arguments) throws IOException {
    boolean hasMetadata = constructor == Constructor.TENSOR && arguments.size() == 7;
    require(arguments.size() == constructor.arguments || hasMetadata);
    if (hasMetadata) {
      requirePlain(arguments.get(6));
    }
    return switch (constructor) {
      case TENSOR ->
          tensors.tensor(
              as(Storage.class, arguments.get(0)),
              as(Long.class, arguments.get(1)),
              sizes(arguments.get(2)),
              sizes(arguments.get(3)));
      case PARAMETER -> as(Tensor.class, arguments.get(0));
      case SIZE -> sizes(arguments.get(0));
      case ORDERED_DICT -> new LinkedHashMap<>();
      case NAMESPACE -> new Namespace();
    };
  }

  /** Sets an object's attributes; they matter only for a namespace. */
  @SuppressWarnings("unchecked") // only maps created here are LinkedHashMaps
  private void build(Object state) throws UnreadableException {
    Object object = peek(Object.class);
    Map<Object, Object> attributes = as(LinkedHashMap.class, state);
    if (object instanceof Namespace namespace) {
      namespace.putAll(attributes);
    } else {
      require(object instanceof LinkedHashMap<?, ?>);
    }
  }

  private static Storage storage(List<?> id) throws UnreadableException {
    require(id.size() == 5 && "storage".equals(id.get(0)));
    return new Storage(
        as(ElementType.class, id.get(1)), as(String.class, id.get(2)), as(Long.class, id.get(4)));
  }

  private static List<Long> sizes(Object value) throws UnreadableException {
    List<Long> sizes = new ArrayList<>();
    require(value instanceof List<?> list && list.size() <= Strides.MAX_DIMENSIONS);
    for (Object size : as(List.class, value)) {
      sizes.add(as(Long.class, size));
    }
    return Collections.unmodifiableList(sizes);
  }

  @SuppressWarnings("unchecked") // only lists created here are ArrayLists
  private void append(List<?> values) throws UnreadableException {
    ((List<Object>) peek(ArrayList.class)).addAll(values);
  }

  @SuppressWarnings("unchecked") // only maps created here are LinkedHashMaps
  private void put(List<?> keysAndValues) throws UnreadableException {
    Map<Object, Object> map = peek(LinkedHashMap.class);
    require(keysAndValues.size() % 2 == 0);
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      require(key instanceof String || key instanceof Long || key instanceof Boolean);
      map.put(key, keysAndValues.get(i + 1));
    }
  }

  private Object recall(int index) throws UnreadableException {
    Object value = memo.get(index);
    require(value != null);
    return value;
  }

  private List<Object> sinceMark() throws UnreadableException {
    int mark = stack.lastIndexOf(MARK);
    require(mark >= 0);
    List<Object> values = last(stack.size() - mark - 1);
    stack.remove(mark);
    return values;
  }

  /** Pops the last {@code count} values. */
  private List<Object> last(int count) throws UnreadableException {
    require(stack.size() >= count);
    List<Object> end = stack.subList(stack.size() - count, stack.size());
    require(!end.contains(MARK));
    List<Object> values = List.copyOf(end);
    end.clear();
    return values;
  }

  private <T> T pop(Class<T> type) throws UnreadableException {
    T value = peek(type);
    stack.remove(stack.size() - 1);
    return value;
  }

  private <T> T peek(Class<T> type) throws UnreadableException {
    require(!stack.isEmpty());
    return as(type, stack.get(stack.size() - 1));
  }

  private static <T> T as(Class<T> type, Object value) throws UnreadableException {
    require(type.isInstance(value) && value != MARK);
    return type.cast(value);
  }

  private static void require(boolean condition) throws UnreadableException {
    if (!condition) {
      throw UnreadableException.damaged("its pickle is malformed");
    }
  }
}
