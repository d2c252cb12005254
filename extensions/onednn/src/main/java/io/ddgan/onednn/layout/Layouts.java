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
 * Tracks the layouts of a plan's values: row-major, or channels-last maps. A value needed in a
 * layout that it does not have is copied once.
 */
public final class Layouts {

  /** The memory of a value viewed as maps {@code [N, C, H, W]}. */
  private record Place(Value root, List<Long> shape) {
    static Place of(Value value, long[] shape) {
      return new Place(value.root(), Arrays.stream(shape).boxed().toList());
    }

    long[] dimensions() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /**
   * Channels-last maps.
   *
   * @param maps {@code [N, H, W, C]}, or {@code [N, W, H, C]}
   * @param isTurned true if rows and columns are transposed
   */
  public record Stored(Value maps, boolean isTurned) {}

  /**
   * Rows of equal elements each.
   *
   * @param column the element of each row, {@code [rows, 1]}
   * @param call the call that writes the rows
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

  /** Returns the shape of the maps in a value's memory, for any view of it. */
  public Optional<long[]> maps(Value value) {
    return Optional.ofNullable(places.get(value.root())).map(Place::dimensions);
  }

  /** Returns whether a value is stored channels-last as maps of a shape. */
  public boolean isLast(Value value, long[] shape) {
    Stored known = stored.get(Place.of(value, shape));
    return known != null && !known.isTurned;
  }

  /** Returns the channels-last copy of a value as maps of a shape, if any. */
  public Optional<Stored> stored(Value value, long[] shape) {
    return Optional.ofNullable(stored.get(Place.of(value, shape)));
  }

  /** Records that a call writes a value in row-major order. */
  public void wrote(Value value) {
    written.add(value.root());
  }

  /**
   * Records that each row of a value repeats an element of a column. The rows are only written if a
   * call reads them.
   */
  public void spread(Value rows, Value column, Call call) {
    spreads.put(rows.root(), new Spread(rows, column, call));
    unwritten.add(rows.root());
  }

  /** Returns the column that a value repeats, for any view of it. */
  public Optional<Spread> spread(Value value) {
    return Optional.ofNullable(spreads.get(value.root()));
  }

  /** Returns a channels-last value to be written instead of a value. */
  public Value write(Value value, long[] shape) {
    if (!FeatureMaps.isOrdered(shape)) { // both layouts are the same
      wrote(value);
      return value.reshaped(FeatureMaps.channelsLast(shape));
    }
    Value maps = Value.planned(value.dataType(), FeatureMaps.channelsLast(shape));
    store(value, shape, new Stored(maps, false));
    return maps;
  }

  /** Records the channels-last copy of a value. */
  public void store(Value value, long[] shape, Stored maps) {
    stored.put(Place.of(value, shape), maps);
    places.put(value.root(), Place.of(value, shape));
  }

  /** Copies a value to its own memory, if it has preassigned memory. */
  public void deliver(Value value) {
    if (value.root().isPlaced()) {
      Value unused = rowMajor(value);
    }
  }

  /** Returns the value in row-major order. */
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

  /** Returns the value channels-last, as maps of a shape. */
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

  /** Returns the layout of stored maps of the shape {@code [N, C, H, W]}. */
  static Layout layout(Stored maps, long[] s) {
    return maps.isTurned
        ? new Layout(
            KernelRuntime.address(maps.maps), new long[] {s[1] * s[2] * s[3], 1, s[1], s[2] * s[1]})
        : Layout.last(maps.maps, 0);
  }

  /**
   * Repeats values per group of channels, {@code [N * groups, 1]}, for each channel: {@code [N, 1,
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
