package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.SumCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ConvolutionCalls;
import io.ddgan.onednn.convolution.ConvolutionMethod;
import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.convolution.DataConvolution;
import io.ddgan.onednn.convolution.DirectConvolutions;
import io.ddgan.onednn.convolution.Epilogue;
import io.ddgan.onednn.convolution.Im2colConvolutions;
import io.ddgan.onednn.elementwise.ChannelSum;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.elementwise.ElementwiseOp;
import io.ddgan.onednn.elementwise.Fusion;
import io.ddgan.onednn.elementwise.Rematerialisation;
import io.ddgan.onednn.elementwise.Softmax;
import io.ddgan.onednn.layout.Copies;
import io.ddgan.onednn.layout.FeatureMaps;
import io.ddgan.onednn.layout.Layouts;
import io.ddgan.onednn.layout.Rearrangements;
import io.ddgan.onednn.product.MatrixProducts;
import io.ddgan.onednn.runtime.ExampleGroup;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.winograd.Winograd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The pass that keeps feature maps channels-last between the calls that support it. Other calls get
 * a row-major copy.
 */
final class ChannelsLast {

  /**
   * Elementwise operations that ND4J computes in parts; those of {@link ElementwiseOp} are fused.
   */
  private static final Set<String> SPLIT = Set.of("exp", "sigmoid", "sign");

  /** Smaller operations are not worth dividing. */
  private static final long SMALL = 1 << 14;

  private static final int LONGEST_ROW = 512;

  private static final List<Long> ROWS_AND_COLUMNS = List.of(0L, 1L, 3L, 2L);

  private final KernelRuntime runtime;
  private final Set<Value> needed = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final Layouts layouts;
  private final DirectConvolutions direct;
  private final Optional<Winograd> winograd;
  private final Im2colConvolutions columns;
  private final MatrixProducts products;
  private final Softmax softmax;
  private final Rearrangements rearrangements;

  private ChannelsLast(KernelRuntime runtime, boolean useWinograd) {
    this.runtime = runtime;
    this.layouts = new Layouts(runtime, calls::add);
    ConvolutionCalls convolutions = new ConvolutionCalls(runtime, calls::add);
    this.direct = new DirectConvolutions(convolutions);
    this.winograd = useWinograd ? Optional.of(new Winograd(convolutions)) : Optional.empty();
    this.columns = new Im2colConvolutions(convolutions);
    this.products = new MatrixProducts(runtime, layouts, calls::add);
    this.softmax = new Softmax(runtime, layouts, calls::add);
    this.rearrangements = new Rearrangements(runtime, layouts, calls::add);
  }

  static List<Call> of(
      KernelRuntime runtime, boolean useWinograd, List<Call> calls, Set<Value> results) {
    ChannelsLast pass = new ChannelsLast(runtime, useWinograd);
    results.forEach(value -> pass.needed.add(value.root()));
    for (Call call : calls) {
      call.inputs().forEach(input -> pass.needed.add(input.root()));
    }
    calls.forEach(pass::rewrite);
    results.forEach(pass.layouts::rowMajor);
    List<Call> elementwise = Rematerialisation.of(Fusion.of(pass.calls), results);
    return FusedBatch.of(runtime, Epilogue.of(elementwise, results), results);
  }

  private void rewrite(Call call) {
    boolean isDone =
        call instanceof SumCall sum
            ? sum(sum)
            : call instanceof OperationCall operation && rewrite(operation);
    if (!isDone) {
      call.inputs().forEach(layouts::rowMajor);
      calls.add(call);
      call.outputs().forEach(layouts::wrote);
    }
  }

  private boolean rewrite(OperationCall call) {
    return switch (call.name()) {
      case "conv2d" -> convolve(call);
      case "conv2d_bp" -> convolutionGradients(call);
      case "deconv2d" -> inputGradient(call);
      case "concat" -> concat(call, false);
      case "concat_bp" -> concat(call, true);
      case "assign" -> broadcast(call);
      case "permute" -> permute(call) || rearrangements.transpose(call);
      case "slice" -> rearrangements.slice(call);
      case "matmul" -> products.rewrite(call);
      case "softmax", "softmax_bp" -> softmax.rewrite(call);
      default ->
          (ElementwiseOp.of(call).isPresent() || SPLIT.contains(call.name())) && elementwise(call);
    };
  }

  private Value channelsLast(Value maps) {
    return layouts.channelsLast(maps, maps.shape());
  }

  private Value write(Value maps) {
    return layouts.write(maps, maps.shape());
  }

  private boolean convolve(OperationCall call) {
    Value x = call.input(0);
    Value w = call.input(1);
    Optional<ConvolutionShape> geometry = ConvolutionShape.of(call, x, w, call.output());
    geometry.ifPresent(
        g -> {
          Value weights = layouts.rowMajor(w);
          Optional<Value> bias =
              call.inputs().size() > 2
                  ? Optional.of(layouts.rowMajor(call.input(2)))
                  : Optional.empty();
          Value maps = channelsLast(x);
          method(call, g)
              .map(DataConvolution.convolution(g, maps, weights, bias, write(call.output())));
          layouts.deliver(call.output());
        });
    return geometry.isPresent();
  }

  /** Rewrites ND4J's transposed convolution: it is the gradient of a convolution's input. */
  private boolean inputGradient(OperationCall call) {
    Value gradient = call.input(0);
    Value w = call.input(1);
    Optional<ConvolutionShape> geometry =
        call.inputs().size() == 2
            ? ConvolutionShape.of(call, call.output(), w, gradient)
            : Optional.empty();
    geometry.ifPresent(
        g -> inputGradient(call, g, channelsLast(gradient), layouts.rowMajor(w), call.output()));
    return geometry.isPresent();
  }

  private boolean convolutionGradients(OperationCall call) {
    Value x = call.input(0);
    Value w = call.input(1);
    Value gradient = call.inputs().get(call.inputs().size() - 1);
    Optional<ConvolutionShape> geometry = ConvolutionShape.of(call, x, w, gradient);
    geometry.ifPresent(
        g -> {
          Value dy = channelsLast(gradient);
          Value dx = call.output();
          Value dw = call.outputs().get(1);
          Optional<Value> db =
              call.outputs().size() > 2 && isNeeded(call.outputs().get(2))
                  ? Optional.of(call.outputs().get(2))
                  : Optional.empty();
          db.ifPresent(
              b -> addSum(dy, b, 1, g.out(), 1)); // separate from the gradient of the weights
          db.ifPresent(layouts::wrote);
          if (isNeeded(dw)) {
            method(call, g).weightGradient(g, channelsLast(x), dy, dw);
            layouts.wrote(dw);
          }
          if (isNeeded(dx)) {
            inputGradient(call, g, dy, layouts.rowMajor(w), dx);
          }
        });
    return geometry.isPresent();
  }

  private void inputGradient(
      OperationCall call, ConvolutionShape g, Value gradient, Value weights, Value x) {
    method(call, g).map(DataConvolution.inputGradient(g, gradient, weights, write(x)));
    layouts.deliver(x);
  }

  private ConvolutionMethod method(OperationCall call, ConvolutionShape g) {
    ConvolutionShape usual = g.withExamples(Math.round(g.examples() * call.batchScale()));
    return winograd
        .filter(each -> each.suits(usual))
        .map(ConvolutionMethod.class::cast)
        .orElse(Im2colConvolutions.suits(usual) ? columns : direct);
  }

  private boolean isNeeded(Value value) {
    return needed.contains(value.root()) || value.root().isPlaced();
  }

  private boolean elementwise(OperationCall call) {
    Value output = call.output();
    Optional<long[]> maps = mapsOf(call);
    if (maps.isPresent()) {
      List<Value> inputs =
          call.inputs().stream().map(input -> asLast(call, input, maps.get())).toList();
      add(call.on(inputs, List.of(layouts.write(output, maps.get()))));
      layouts.deliver(output);
    } else {
      call.inputs().forEach(layouts::rowMajor);
      add(call);
      layouts.wrote(output);
    }
    return true;
  }

  /** Returns the shape of the maps if an elementwise operation can run channels-last. */
  private Optional<long[]> mapsOf(OperationCall call) {
    Value output = call.output();
    if (output.dataType() != DataType.FLOAT) {
      return Optional.empty();
    }
    return call.inputs().stream()
        .filter(input -> input.hasShape(output.shape()))
        .flatMap(input -> shapeOf(input).stream())
        .filter(shape -> call.inputs().stream().allMatch(input -> canBeLast(input, output, shape)))
        .findFirst();
  }

  /** Returns the shape of the maps if a value is stored channels-last. */
  private Optional<long[]> shapeOf(Value value) {
    return layouts
        .maps(value)
        .filter(shape -> value.shape().length != 4 || value.hasShape(shape))
        .filter(shape -> layouts.isLast(value, shape));
  }

  private static boolean canBeLast(Value value, Value output, long[] shape) {
    if (value.length() == 1 || value.hasShape(output.shape())) {
      return true;
    }
    return output.shape().length == 4
        ? value.shape().length == 4
        : Groups.of(output.shape(), shape).isPresent() && isColumn(value, output);
  }

  private static boolean isColumn(Value value, Value rows) {
    return value.hasShape(new long[] {rows.shape()[0], 1});
  }

  private Value asLast(OperationCall call, Value value, long[] shape) {
    Value output = call.output();
    if (value.length() == 1) {
      return layouts.rowMajor(value);
    }
    if (value.hasShape(output.shape())) {
      return layouts
          .spread(value)
          .filter(spread -> Groups.of(spread.rows().shape(), shape).isPresent())
          .filter(spread -> isFunction(call) && !layouts.isLast(value, shape))
          .map(spread -> layouts.repeated(spread.column(), shape))
          .orElseGet(() -> layouts.channelsLast(value, shape));
    }
    return output.shape().length == 4 ? channelsLast(value) : layouts.repeated(value, shape);
  }

  /** Returns whether it becomes one of our kernels; ND4J's would not broadcast. */
  private static boolean isFunction(OperationCall call) {
    return ElementwiseOp.of(call).isPresent()
        && call.inputs().stream().allMatch(input -> input.dataType() == DataType.FLOAT);
  }

  private void add(OperationCall call) {
    Optional<ElementwiseCall> functions = ElementwiseCall.of(runtime, call);
    long[] shape = call.output().shape();
    if (functions.isPresent()) {
      calls.add(functions.get());
    } else if (call.output().length() < SMALL || shape.length == 0 || shape[0] < 2) {
      calls.add(call);
    } else {
      List<ExampleGroup> groups = ExampleGroup.of(shape[0], call.output().length() / shape[0] / 64);
      calls.add(
          new KernelCall(
              runtime,
              call.name(),
              call.inputs(),
              call.outputs(),
              () -> new SplitOperation(runtime, call, groups)));
    }
  }

  /** Broadcasts one value per channel to all pixels. */
  private boolean broadcast(OperationCall call) {
    Value to = call.input(0);
    Value from = call.input(1);
    boolean isOfChannels =
        FeatureMaps.isMap(to)
            && FeatureMaps.isOrdered(to.shape())
            && !to.root().isPlaced()
            && FeatureMaps.isMap(from)
            && from.shape()[2] * from.shape()[3] == 1;
    if (isOfChannels) {
      Value target = write(to);
      add(call.on(List.of(target, channelsLast(from)), List.of(target)));
      return true;
    }
    boolean isOfRows =
        to.dataType() == DataType.FLOAT
            && to.shape().length == 2
            && !to.root().isPlaced()
            && call.output().root() == to.root()
            && isColumn(from, to);
    if (isOfRows) {
      layouts.spread(to, from, call);
    }
    return isOfRows;
  }

  private boolean permute(OperationCall call) {
    Value x = call.input(0);
    Value output = call.output();
    if (!call.integers().equals(ROWS_AND_COLUMNS)
        || !FeatureMaps.isMap(x)
        || output.root().isPlaced()) {
      return false;
    }
    Optional<Layouts.Stored> stored = layouts.stored(x, x.shape());
    stored.ifPresent(
        maps ->
            layouts.store(
                output, output.shape(), new Layouts.Stored(maps.maps(), !maps.isTurned())));
    return stored.isPresent();
  }

  /** Concatenates maps along their channels, or splits the gradient. */
  private boolean concat(OperationCall call, boolean isGradient) {
    Value whole = isGradient ? call.inputs().get(call.inputs().size() - 1) : call.output();
    boolean isAlongChannels =
        call.integers().equals(List.of(1L)) && call.inputs().stream().allMatch(FeatureMaps::isMap);
    if (!isAlongChannels || !FeatureMaps.isOrdered(whole.shape())) {
      return false;
    }
    List<Value> parts =
        isGradient
            ? call.outputs().stream().map(this::write).toList()
            : call.inputs().stream().map(this::channelsLast).toList();
    List<Value> maps = List.of(isGradient ? channelsLast(whole) : write(whole));
    calls.add(
        new KernelCall(
            runtime,
            call.name(),
            isGradient ? maps : parts,
            isGradient ? parts : maps,
            () -> new Copies(runtime).ofChannels(parts, maps.get(0), !isGradient)));
    call.outputs().forEach(layouts::deliver);
    return true;
  }

  /** Sums over pixels, and optionally over groups of channels, all channels or all examples. */
  private boolean sum(SumCall sum) {
    Value terms = sum.terms();
    long[] kept = sum.sum().shape();
    if (isOfRows(sum)) {
      long[] shape = {terms.shape()[0], 1, 1, terms.shape()[1]};
      addSum(layouts.rowMajor(terms).reshaped(shape), sum.sum(), 1, shape[3], sum.weight());
      layouts.wrote(sum.sum());
      return true;
    }
    Optional<long[]> maps = shapeOf(terms);
    if (terms.dataType() != DataType.FLOAT || maps.isEmpty()) {
      return false;
    }
    long[] shape = maps.get();
    if (terms.hasShape(shape) && kept[2] * kept[3] == 1) {
      addSum(layouts.channelsLast(terms, shape), sum.sum(), kept[0], kept[1], sum.weight());
    } else if (Groups.of(terms.shape(), shape).isPresent() && isColumn(sum.sum(), terms)) {
      long groups = Groups.of(terms.shape(), shape).get().count();
      addSum(layouts.channelsLast(terms, shape), sum.sum(), shape[0], groups, sum.weight());
    } else {
      return false;
    }
    layouts.wrote(sum.sum());
    return true;
  }

  /** Returns whether it sums a few rows, such as the gradient of a linear layer's bias. */
  private static boolean isOfRows(SumCall sum) {
    long[] s = sum.terms().shape();
    return sum.terms().dataType() == DataType.FLOAT
        && s.length == 2
        && s[1] <= LONGEST_ROW
        && s[0] * s[1] < SMALL
        && sum.sum().hasShape(new long[] {1, s[1]});
  }

  private void addSum(Value maps, Value sum, long examples, long groups, double weight) {
    calls.add(
        ElementwiseCall.of(
            runtime, new ChannelSum(maps, sum, (int) examples, (int) groups, weight)));
  }

  /**
   * Maps as rows, one for each group of neighbouring channels of an example.
   *
   * @param count number of groups per example
   */
  private record Groups(long count) {
    static Optional<Groups> of(long[] rows, long[] maps) {
      boolean isOne =
          rows.length == 2 && rows[0] % maps[0] == 0 && maps[1] % (rows[0] / maps[0]) == 0;
      return isOne
          ? Optional.of(new Groups(rows[0] / maps[0]))
              .filter(groups -> rows[1] == maps[1] / groups.count * maps[2] * maps[3])
          : Optional.empty();
    }
  }
}
