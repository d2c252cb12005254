package io.ddgan.onednn.layout;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.Copies.Layout;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where the values of a plan lie, and in which order: row-major, or as maps with the channels last.
 * What is asked for in an order that it does not have yet is copied, once.
 */
public final class Layouts {

  /** The memory of a value seen as maps {@code [N, C, H, W]}. */
  private record Place(Value root, List<Long> shape) {
    static Place of(Value value, long[] shape) {
      return new Place(value.root(), Arrays.stream(shape).boxed().toList());
    }

    long[] dimensions() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /**
   * Maps with the channels last.
   *
   * @param maps {@code [N, H, W, C]}, or {@code [N, W, H, C]}
   * @param isTurned whether rows and columns have changed places
   */
  public record Stored(Value maps, boolean isTurned) {}

  /**
   * Rows that have one number all over each of them.
   *
   * @param column the numbers {@code [rows, 1]}
   * @param call what writes the rows
   */
  public record Spread(Value rows, Value column, Call call) {}

  private final KernelRuntime runtime;
  private final Consumer<Call> calls;
  private final Set<Value> written = new HashSet<>();
  private final Map<Place, Stored> stored = new HashMap<>();
  private final Map<Value, Place> places = new HashMap<>();
  private final Map<Place, Value> repeated = new HashMap<>();
  private final Map<Value, Spread> spreads = new HashMap<>();
  private final Set<Value> unwritten = new HashSet<>();

  public Layouts(KernelRuntime runtime, Consumer<Call> calls) {
    this.runtime = runtime;
    this.calls = calls;
  }

  /** The maps that a value's memory is known to be, in whatever shape it is seen. */
  public Optional<long[]> maps(Value value) {
    return Optional.ofNullable(places.get(value.root())).map(Place::dimensions);
  }

  /** Whether a value is there with the channels last, as maps of a shape. */
  public boolean isLast(Value value, long[] shape) {
    Stored known = stored.get(Place.of(value, shape));
    return known != null && !known.isTurned;
  }

  /** How a value is there as maps of a shape. */
  public Optional<Stored> stored(Value value, long[] shape) {
    return Optional.ofNullable(stored.get(Place.of(value, shape)));
  }

  /** Says that a call writes a value in row-major order. */
  public void wrote(Value value) {
    written.add(value.root());
  }

  /**
   * Says that each row of a value has one number all over, that of a column. It is only written
   * where somebody wants the rows themselves.
   */
  public void spread(Value rows, Value column, Call call) {
    spreads.put(rows.root(), new Spread(rows, column, call));
    unwritten.add(rows.root());
  }

  /** What a value is spread from, in whatever shape it is seen. */
  public Optional<Spread> spread(Value value) {
    return Optional.ofNullable(spreads.get(value.root()));
  }

  /** A value with the channels last that is going to be written in place of another. */
  public Value write(Value value, long[] shape) {
    if (!FeatureMaps.isOrdered(shape)) { // the same memory in both orders
      wrote(value);
      return value.reshaped(FeatureMaps.channelsLast(shape));
    }
    Value maps = Value.planned(value.dataType(), FeatureMaps.channelsLast(shape));
    store(value, shape, new Stored(maps, false));
    return maps;
  }

  /** Says where a value is as maps of a shape. */
  public void store(Value value, long[] shape, Stored maps) {
    stored.put(Place.of(value, shape), maps);
    places.put(value.root(), Place.of(value, shape));
  }

  /** Copies a value to where it has to be, if it has memory from the start. */
  public void deliver(Value value) {
    if (value.root().isPlaced()) {
      Value unused = rowMajor(value);
    }
  }

  /** The value in row-major order. */
  public Value rowMajor(Value value) {
    if (unwritten.remove(value.root())) {
      Spread spread = spreads.get(value.root());
      Value unused = rowMajor(spread.column);
      calls.accept(spread.call);
      wrote(value);
    }
    Place place = places.get(value.root());
    if (place != null && written.add(value.root())) {
      Stored from = stored.get(place);
      long[] shape = place.dimensions();
      Value target = value.root().reshaped(shape);
      calls.accept(
          new KernelCall(
              runtime,
              "reorder",
              List.of(from.maps),
              List.of(target),
              () ->
                  new Copies(runtime)
                      .with(
                          shape,
                          layout(from, shape),
                          new Layout(KernelRuntime.address(target), FeatureMaps.rowMajor(shape)))));
    }
    return value;
  }

  /** The value with its channels last, as maps of a shape. */
  public Value channelsLast(Value value, long[] shape) {
    if (!FeatureMaps.isOrdered(shape)) {
      return rowMajor(value).reshaped(FeatureMaps.channelsLast(shape));
    }
    Stored known = stored.get(Place.of(value, shape));
    if (known != null && !known.isTurned) {
      return known.maps;
    }
    Value maps = Value.planned(value.dataType(), FeatureMaps.channelsLast(shape));
    Stored target = new Stored(maps, false);
    Value source = known == null ? rowMajor(value) : known.maps;
    calls.accept(
        new KernelCall(
            runtime,
            "reorder",
            List.of(source),
            List.of(maps),
            () ->
                new Copies(runtime)
                    .with(
                        shape,
                        known == null
                            ? new Layout(KernelRuntime.address(source), FeatureMaps.rowMajor(shape))
                            : layout(known, shape),
                        layout(target, shape))));
    stored.put(Place.of(value, shape), target);
    places.putIfAbsent(value.root(), Place.of(value, shape));
    if (known == null) {
      wrote(value);
    }
    return maps;
  }

  /** Where maps {@code [N, C, H, W]} of a shape are. */
  static Layout layout(Stored maps, long[] s) {
    return maps.isTurned
        ? new Layout(
            KernelRuntime.address(maps.maps), new long[] {s[1] * s[2] * s[3], 1, s[1], s[2] * s[1]})
        : Layout.last(maps.maps, 0);
  }

  /**
   * Numbers of groups of channels, {@code [N * groups, 1]}, for each of the channels: {@code [N, 1,
   * 1, C]}.
   */
  public Value repeated(Value perGroup, long[] shape) {
    return repeated.computeIfAbsent(
        Place.of(perGroup, shape),
        place -> {
          Value groups = rowMajor(perGroup);
          Value channels =
              Value.planned(perGroup.dataType(), new long[] {shape[0], 1, 1, shape[1]});
          calls.accept(
              new KernelCall(
                  runtime,
                  "repeat",
                  List.of(groups),
                  List.of(channels),
                  () -> {
                    var from = KernelRuntime.numbers(groups);
                    var to = KernelRuntime.numbers(channels);
                    int times = (int) (channels.length() / groups.length());
                    int count = (int) channels.length();
                    return () -> {
                      for (int i = 0; i < count; i++) {
                        to.put(i, from.get(i / times));
                      }
                    };
                  }));
          return channels;
        });
  }
}
