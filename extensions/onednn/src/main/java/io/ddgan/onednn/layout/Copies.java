package io.ddgan.onednn.layout;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.DnnlObjects.Array;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.ExampleGroup;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeKernel;
import java.util.ArrayList;
import java.util.List;

/** Copies of maps from one order to another, by groups of examples. */
public final class Copies extends NativeKernel {

  /**
   * An array of maps {@code [N, C, H, W]}.
   *
   * @param address of the first number
   * @param strides of the dimensions in this order
   */
  @SuppressWarnings("ArrayRecordComponent") // made for every call, and compared by nobody
  record Layout(long address, long[] strides) {

    /** Maps {@code [N, H, W, C]}, from one of the channels on. */
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

  /** Adds the copy of one array to another. */
  Copies with(long[] shape, Layout from, Layout to) {
    for (ExampleGroup group : ExampleGroup.of(shape[0], shape[2] * shape[3])) {
      long[] part = {group.count(), shape[1], shape[2], shape[3]};
      parts.add(objects.reorder(at(from, part, group), at(to, part, group)));
    }
    return this;
  }

  /**
   * Adds the copies between maps and parts of them, which have some of their channels each, one
   * after the other. All are {@code [N, H, W, C]}.
   *
   * @param isJoining whether the parts are copied into the whole, else the other way
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
