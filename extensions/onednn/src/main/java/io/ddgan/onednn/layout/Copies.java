package io.ddgan.onednn.layout;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.DnnlObjects.Array;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.ExampleGroup;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeKernel;
import java.util.ArrayList;
import java.util.List;

/** Copies maps between layouts, by groups of examples. */
public final class Copies extends NativeKernel {

  /**
   * The layout of maps {@code [N, C, H, W]} in memory.
   *
   * @param address address of the first element
   * @param strides strides of the dimensions in this order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Layout(long address, long[] strides) {

    /** Returns the layout of maps {@code [N, H, W, C]} from a channel on. */
    static Layout last(Value maps, long channel) {
      long[] s = maps.shape();
      return new Layout(
          KernelRuntime.address(maps) + channel * Float.BYTES,
          new long[] {s[1] * s[2] * s[3], 1, s[2] * s[3], s[3]});
    }
  }

  private final List<Bound> parts = new ArrayList<>();

  public Copies(KernelRuntime runtime) {
    super(runtime);
  }

  /** Adds a copy of one array to another. */
  Copies with(long[] shape, Layout from, Layout to) {
    for (ExampleGroup group : ExampleGroup.of(shape[0], shape[2] * shape[3])) {
      long[] part = {group.count(), shape[1], shape[2], shape[3]};
      parts.add(objects.reorder(at(from, part, group), at(to, part, group)));
    }
    return this;
  }

  /**
   * Adds the copies between maps and their parts, consecutive ranges of channels. All are {@code
   * [N, H, W, C]}.
   *
   * @param isJoining true to copy the parts into the whole, false for the reverse
   */
  public Copies ofChannels(List<Value> parts, Value whole, boolean isJoining) {
    long channel = 0;
    for (Value part : parts) {
      long[] s = part.shape();
      Layout own = Layout.last(part, 0);
      Layout within = Layout.last(whole, channel);
      with(new long[] {s[0], s[3], s[1], s[2]}, isJoining ? own : within, isJoining ? within : own);
      channel += s[3];
    }
    return this;
  }

  private Array at(Layout layout, long[] shape, ExampleGroup group) {
    return objects.array(
        objects.strided(shape, layout.strides),
        layout.address + group.first() * layout.strides[0] * Float.BYTES);
  }

  @Override
  public void run() {
    runtime.run(parts);
  }
}
