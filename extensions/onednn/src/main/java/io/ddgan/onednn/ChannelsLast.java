package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Sum;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pass that keeps maps with their channels last between the calls that know them so. Other
 * calls get them in row-major order, by a copy.
 */
final class ChannelsLast {

  private static final Set<String> ELEMENTWISE =
      Set.of(
          "abs", "add", "add_scalar", "divide", "exp", "maximum", "minimum", "mul_scalar",
          "multiply", "neg", "sigmoid", "sign", "sqrt", "square", "step", "subtract", "tanh",
          "tanh_bp");

  /** Smaller operations take longer to divide than to do. */
  private static final long SMALL = 1 << 14;

  /** Maps in memory: a value's memory seen in a shape. */
  private record Place(Value root, List<Long> shape) {
    static Place of(Value value) {
      return new Place(value.root(), Arrays.stream(value.shape()).boxed().toList());
    }
  }

  private final Runtime runtime;
  private final Set<Value> results = new HashSet<>();
  private final Set<Value> read = new HashSet<>();
  private final Set<Value> written = new HashSet<>();
  private final Map<Place, Value> last = new HashMap<>();
  private final Map<Value, Place> lastOnly = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Convolutions convolutions;

  private ChannelsLast(Runtime runtime) {
    this.runtime = runtime;
    this.convolutions = new Convolutions(runtime, calls::add);
  }

  static List<Call> of(Runtime runtime, List<Call> calls, Set<Value> results) {
    ChannelsLast pass = new ChannelsLast(runtime);
    results.forEach(value -> pass.results.add(value.root()));
    for (Call call : calls) {
      call.inputs().forEach(input -> pass.read.add(input.root()));
    }
    calls.forEach(pass::rewrite);
    results.forEach(pass::rowMajor);
    return pass.calls;
  }

  private void rewrite(Call call) {
    boolean isDone =
        call instanceof Sum sum
            ? sum(sum)
            : call instanceof OperationCall operation && rewrite(operation);
    if (!isDone) {
      call.inputs().forEach(this::rowMajor);
      calls.add(call);
      call.outputs().forEach(output -> written.add(output.root()));
    }
  }

  private boolean rewrite(OperationCall call) {
    if (System.getProperty("off", "").contains("," + call.name() + ",")) { return false; }
    return switch (call.name()) {
      case "conv2d" -> convolve(call);
      case "conv2d_bp" -> convolutionGradients(call);
      case "deconv2d" -> inputGradient(call);
      case "concat" -> concat(call);
      case "concat_bp" -> split(call);
      case "assign" -> broadcast(call);
      default -> ELEMENTWISE.contains(call.name()) && elementwise(call);
    };
  }

  private boolean convolve(OperationCall call) {
    Value x = call.input(0);
    Value w = call.input(1);
    Optional<Geometry> geometry = Geometry.of(call, x, w, call.output());
    geometry.ifPresent(
        g -> {
          rowMajor(w);
          Optional<Value> bias =
              call.inputs().size() > 2 ? Optional.of(rowMajor(call.input(2))) : Optional.empty();
          convolutions.convolve(g, channelsLast(x), w, bias, write(call.output()));
          deliver(call.output());
        });
    return geometry.isPresent();
  }

  /** ND4J's transposed convolution with a convolution's weights is the gradient of its input. */
  private boolean inputGradient(OperationCall call) {
    Value gradient = call.input(0);
    Value w = call.input(1);
    Optional<Geometry> geometry =
        call.inputs().size() == 2
            ? Geometry.of(call, call.output(), w, gradient)
            : Optional.empty();
    geometry.ifPresent(
        g -> {
          rowMajor(w);
          convolutions.inputGradient(g, channelsLast(gradient), w, write(call.output()));
          deliver(call.output());
        });
    return geometry.isPresent();
  }

  private boolean convolutionGradients(OperationCall call) {
    Value x = call.input(0);
    Value w = call.input(1);
    Value gradient = call.inputs().get(call.inputs().size() - 1);
    Optional<Geometry> geometry = Geometry.of(call, x, w, gradient);
    geometry.ifPresent(
        g -> {
          rowMajor(w);
          Value dy = channelsLast(gradient);
          Value dx = call.output();
          Value dw = call.outputs().get(1);
          Optional<Value> db =
              call.outputs().size() > 2 && isNeeded(call.outputs().get(2))
                  ? Optional.of(call.outputs().get(2))
                  : Optional.empty();
          if (isNeeded(dw) || db.isPresent()) {
            convolutions.weightGradient(g, channelsLast(x), dy, dw, db);
            written.add(dw.root());
            db.ifPresent(bias -> written.add(bias.root()));
          }
          if (isNeeded(dx)) {
            convolutions.inputGradient(g, dy, w, write(dx));
            deliver(dx);
          }
        });
    return geometry.isPresent();
  }

  private boolean isNeeded(Value value) {
    return read.contains(value.root())
        || results.contains(value.root())
        || value.root().isPlaced();
  }

  private boolean elementwise(OperationCall call) {
    Value output = call.output();
    boolean isLast =
        Maps.isOrdered(output)
            && call.inputs().stream().anyMatch(input -> isLast(input, output))
            && call.inputs().stream().allMatch(input -> canBeLast(input, output));
    if (isLast) {
      List<Value> inputs = call.inputs().stream().map(input -> asLast(input, output)).toList();
      add(call.on(inputs, List.of(write(output))));
      deliver(output);
    } else {
      call.inputs().forEach(this::rowMajor);
      add(call);
      written.add(output.root());
    }
    return true;
  }

  private void add(OperationCall call) {
    Value output = call.output();
    long[] shape = output.shape();
    if (System.getProperty("off", "").contains(",split,") || output.length() < SMALL || shape.length == 0 || shape[0] < 2) {
      calls.add(call);
      return;
    }
    List<Group> groups = Group.of(shape[0], output.length() / shape[0] / 64);
    calls.add(
        new KernelCall(runtime, call.name(),
            call.inputs(),
            call.outputs(),
            () -> new SplitOperation(runtime, call, groups)));
  }

  /** Whether a value has the shape of another one, and its channels last already. */
  private boolean isLast(Value value, Value whole) {
    return value.hasShape(whole.shape()) && last.containsKey(Place.of(value));
  }

  private static boolean canBeLast(Value value, Value whole) {
    return value.length() == 1 || value.shape().length == whole.shape().length;
  }

  private Value asLast(Value value, Value whole) {
    if (value.length() == 1) {
      return rowMajor(value);
    }
    if (Maps.isOrdered(value)) {
      return channelsLast(value);
    }
    return rowMajor(value).reshaped(Maps.channelsLast(value.shape()));
  }

  private boolean broadcast(OperationCall call) {
    Value to = call.input(0);
    Value from = call.input(1);
    boolean isChannels =
        Maps.isOrdered(to)
            && !to.root().isPlaced()
            && Maps.isMap(from)
            && from.shape()[2] * from.shape()[3] == 1;
    if (isChannels) {
      Value target = write(to);
      Value source = rowMajor(from).reshaped(Maps.channelsLast(from.shape()));
      add(call.on(List.of(target, source), List.of(target)));
    }
    return isChannels;
  }

  private boolean concat(OperationCall call) {
    Value output = call.output();
    if (!isAlongChannels(call) || !Maps.isOrdered(output)) {
      return false;
    }
    List<Value> parts = call.inputs().stream().map(this::channelsLast).toList();
    Value whole = write(output);
    calls.add(
        new KernelCall(runtime, "concat",
            parts,
            List.of(whole),
            () -> {
              Copies copies = new Copies(runtime);
              long offset = 0;
              for (int i = 0; i < parts.size(); i++) {
                long[] shape = call.input(i).shape();
                copies.with(
                    shape,
                    layout(parts.get(i), 0),
                    new Copies.Layout(
                        Runtime.address(whole) + offset * Float.BYTES,
                        Maps.lastStrides(output.shape())));
                offset += shape[1];
              }
              return copies;
            }));
    deliver(output);
    return true;
  }

  private boolean split(OperationCall call) {
    Value gradient = call.inputs().get(call.inputs().size() - 1);
    if (!isAlongChannels(call) || !Maps.isOrdered(gradient)) {
      return false;
    }
    Value whole = channelsLast(gradient);
    List<Value> outputs = call.outputs().stream().map(this::write).toList();
    calls.add(
        new KernelCall(runtime, "concat_bp",
            List.of(whole),
            outputs,
            () -> {
              Copies copies = new Copies(runtime);
              long offset = 0;
              for (int i = 0; i < outputs.size(); i++) {
                long[] shape = call.outputs().get(i).shape();
                copies.with(
                    shape,
                    new Copies.Layout(
                        Runtime.address(whole) + offset * Float.BYTES,
                        Maps.lastStrides(gradient.shape())),
                    layout(outputs.get(i), 0));
                offset += shape[1];
              }
              return copies;
            }));
    call.outputs().forEach(this::deliver);
    return true;
  }

  private static boolean isAlongChannels(OperationCall call) {
    return call.integers().size() == 1
        && call.integers().get(0) == 1
        && call.inputs().stream().allMatch(Maps::isMap);
  }

  /** Of maps {@code [N, H, W, C]} that are seen as {@code [N, C, H, W]}. */
  private static Copies.Layout layout(Value maps, long offset) {
    long[] s = maps.shape();
    long[] strides = {s[1] * s[2] * s[3], 1, s[2] * s[3], s[3]};
    return new Copies.Layout(Runtime.address(maps) + offset * Float.BYTES, strides);
  }

  private boolean sum(Sum sum) {
    if (System.getProperty("off", "").contains(",sum,")) { return false; }
    long[] kept = sum.sum().shape();
    if (!Maps.isMap(sum.terms()) || kept[2] * kept[3] != 1 || !isLast(sum.terms(), sum.terms())) {
      return false;
    }
    Value maps = channelsLast(sum.terms());
    calls.add(
        new KernelCall(runtime, "sum",
            List.of(maps),
            List.of(sum.sum()),
            () -> new ChannelSum(runtime, maps, sum.sum(), sum.weight())));
    written.add(sum.sum().root());
    return true;
  }

  /** A value with the channels last that is going to be written in place of another. */
  private Value write(Value value) {
    if (!Maps.isOrdered(value)) { // the same memory
      written.add(value.root());
      return value.reshaped(Maps.channelsLast(value.shape()));
    }
    Value maps = Value.planned(value.dataType(), Maps.channelsLast(value.shape()));
    last.put(Place.of(value), maps);
    lastOnly.put(value.root(), Place.of(value));
    return maps;
  }

  /** Copies a value to where it has to be, if it has memory from the start. */
  private void deliver(Value value) {
    if (value.root().isPlaced()) {
      rowMajor(value);
    }
  }

  /** The value in row-major order. */
  private Value rowMajor(Value value) {
    Place place = lastOnly.remove(value.root());
    if (place != null && !written.contains(value.root())) {
      Value maps = last.get(place);
      long[] shape = place.shape.stream().mapToLong(Long::longValue).toArray();
      Value target = value.root().reshaped(shape);
      written.add(value.root());
      calls.add(
          new KernelCall(runtime, "reorder",
              List.of(maps),
              List.of(target),
              () ->
                  new Copies(runtime)
                      .with(
                          shape,
                          layout(maps, 0),
                          new Copies.Layout(Runtime.address(target), Maps.rowMajor(shape)))));
    }
    return value;
  }

  /** The value with its channels last. */
  private Value channelsLast(Value value) {
    if (!Maps.isOrdered(value)) {
      return rowMajor(value).reshaped(Maps.channelsLast(value.shape()));
    }
    Place place = Place.of(value);
    Value known = last.get(place);
    if (known != null) {
      return known;
    }
    rowMajor(value);
    Value maps = Value.planned(value.dataType(), Maps.channelsLast(value.shape()));
    last.put(place, maps);
    calls.add(
        new KernelCall(runtime, "reorder",
            List.of(value),
            List.of(maps),
            () ->
                new Copies(runtime)
                    .with(
                        value.shape(),
                        new Copies.Layout(Runtime.address(value), Maps.rowMajor(value.shape())),
                        layout(maps, 0))));
    return maps;
  }
}
