package io.ddgan.onednn.runtime;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.ddgan.engine.Kernel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;

/** oneDNN's objects that a kernel has, which are freed together. All numbers are float32. */
public final class Native implements AutoCloseable {

  public static final int SOURCE = 1;
  public static final int DESTINATION = 17;
  public static final int WEIGHTS = 33;
  public static final int BIAS = 41;
  public static final int SOURCE_GRADIENT = 129;
  public static final int DESTINATION_GRADIENT = 145;
  public static final int WEIGHTS_GRADIENT = 161;

  private static final int SCRATCHPAD = 80;

  private final dnnl_engine engine;
  private final WorkAreas areas;
  private final WorkAreas shared;
  private final long taken;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final Map<Object, Primitive> shapes = new HashMap<>();

  /**
   * Objects.
   *
   * @param areas what each thread works in
   * @param shared what all threads work in
   * @param taken bytes of work areas that primitives leave alone but for their arguments
   */
  Native(dnnl_engine engine, WorkAreas areas, WorkAreas shared, long taken) {
    this.engine = engine;
    this.areas = areas;
    this.shared = shared;
    this.taken = taken;
  }

  public dnnl_engine engine() {
    return engine;
  }

  public static void check(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException(
          "oneDNN could not make %s: status %d".formatted(what, status));
    }
  }

  /** Describes an array by its strides, counted in elements. */
  public dnnl_memory_desc strided(long[] shape, long[] strides) {
    dnnl_memory_desc description = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_strides(description, shape.length, shape, dnnl_f32, strides),
        "a description of " + Arrays.toString(shape));
    return closing(description);
  }

  /** Describes an array whose order oneDNN chooses. */
  public dnnl_memory_desc any(long... shape) {
    dnnl_memory_desc description = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_tag(
            description, shape.length, shape, dnnl_f32, dnnl_format_tag_any),
        "a description of " + Arrays.toString(shape));
    return closing(description);
  }

  private dnnl_memory_desc closing(dnnl_memory_desc description) {
    closers.push(() -> dnnl_memory_desc_destroy(description));
    return description;
  }

  /** An array at an address. */
  private dnnl_memory memory(dnnl_memory_desc description, long address) {
    dnnl_memory memory = new dnnl_memory();
    check(dnnl_memory_create(memory, description, engine, new At(address)), "a memory");
    closers.push(() -> dnnl_memory_destroy(memory));
    return memory;
  }

  /** A description that is freed with the others. */
  public dnnl_primitive_desc owned(dnnl_primitive_desc description) {
    closers.push(() -> dnnl_primitive_desc_destroy(description));
    return description;
  }

  /** The order of an argument that a primitive has chosen; valid while the primitive is. */
  public static dnnl_memory_desc chosen(dnnl_primitive_desc primitive, int query) {
    return dnnl_primitive_desc_query_md(primitive, query, 0);
  }

  /** Compiles a primitive. */
  public Primitive primitive(dnnl_primitive_desc description) {
    dnnl_primitive primitive = new dnnl_primitive();
    check(dnnl_primitive_create(primitive, description), "a primitive");
    closers.push(() -> dnnl_primitive_destroy(primitive));
    return new Primitive(primitive, chosen(description, dnnl_query_scratchpad_md));
  }

  /** Compiles what several parts of a kernel share, once for all that have the same key. */
  public Primitive primitive(Object key, Supplier<dnnl_primitive_desc> description) {
    return shapes.computeIfAbsent(key, any -> primitive(description.get()));
  }

  public dnnl_primitive_desc reorder(dnnl_memory_desc from, dnnl_memory_desc to) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    check(
        dnnl_reorder_primitive_desc_create(description, from, engine, to, engine, attributes()),
        "a reorder");
    return owned(description);
  }

  public dnnl_primitive_desc product(
      dnnl_memory_desc a, dnnl_memory_desc b, dnnl_memory_desc c, boolean adds) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    check(
        dnnl_matmul_primitive_desc_create(
            description, engine, a, b, null, c, adds ? adding() : attributes()),
        "a matrix product");
    return owned(description);
  }

  /** The primitives use memory of ours: that of oneDNN's own is not for several threads. */
  public dnnl_primitive_attr attributes() {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    check(dnnl_primitive_attr_create(attributes), "attributes");
    closers.push(() -> dnnl_primitive_attr_destroy(attributes));
    check(
        dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
        "attributes");
    return attributes;
  }

  private dnnl_primitive_attr adding() {
    dnnl_post_ops operations = new dnnl_post_ops();
    check(dnnl_post_ops_create(operations), "post-operations");
    closers.push(() -> dnnl_post_ops_destroy(operations));
    check(dnnl_post_ops_append_sum(operations, 1, 0, dnnl_f32), "a sum");
    dnnl_primitive_attr attributes = attributes();
    check(dnnl_primitive_attr_set_post_ops(attributes, operations), "attributes");
    return attributes;
  }

  /** A primitive with the arrays that it reads and writes. */
  public Bound bind(Primitive primitive, Argument... arguments) {
    List<Argument> all = new ArrayList<>(List.of(arguments));
    long end = taken;
    for (Argument argument : arguments) {
      end = Math.max(end, argument.isShared ? 0 : argument.end);
    }
    all.add(inWorkArea(SCRATCHPAD, primitive.scratchpad, Scratch.wholeLines(end)));
    dnnl_exec_arg_t pairs = new dnnl_exec_arg_t(all.size());
    for (int i = 0; i < all.size(); i++) {
      pairs.getPointer(i).arg(all.get(i).role).memory(all.get(i).memory);
    }
    closers.push(pairs::deallocate);
    all.removeIf(argument -> argument.end == 0);
    return new Bound(primitive.primitive, pairs, arguments.length + 1, all);
  }

  /** An array in a role. */
  public Argument array(int role, dnnl_memory_desc description, long address) {
    return new Argument(role, memory(description, address), 0, 0, false);
  }

  /** An array within the area of whichever thread runs the primitive. */
  public Argument inWorkArea(int role, dnnl_memory_desc description, long offset) {
    long end = offset + dnnl_memory_desc_get_size(description);
    areas.reserve(end);
    return new Argument(role, memory(description, areas.address(0) + offset), offset, end, false);
  }

  /** An array within the area that the parts of a kernel have in common. */
  public Argument inSharedArea(int role, dnnl_memory_desc description, long offset) {
    long end = offset + dnnl_memory_desc_get_size(description);
    shared.reserve(end);
    return new Argument(role, memory(description, shared.address(0) + offset), offset, end, true);
  }

  /**
   * A compiled primitive.
   *
   * @param scratchpad the memory that it needs while it runs
   */
  public record Primitive(dnnl_primitive primitive, dnnl_memory_desc scratchpad) {}

  /**
   * An array in a role.
   *
   * @param offset where it is in an area
   * @param end where it ends there, 0 if it lies elsewhere
   * @param isShared whether the area is that of all threads
   */
  public record Argument(int role, dnnl_memory memory, long offset, long end, boolean isShared) {}

  /** A primitive with its arrays, to be run by one thread at a time. */
  public final class Bound {

    private final dnnl_primitive primitive;
    private final dnnl_exec_arg_t arguments;
    private final int count;
    private final List<Argument> inArea;
    private long area;
    private long sharedArea;

    private Bound(
        dnnl_primitive primitive, dnnl_exec_arg_t arguments, int count, List<Argument> inArea) {
      this.primitive = primitive;
      this.arguments = arguments;
      this.count = count;
      this.inArea = inArea;
    }

    void run(dnnl_stream stream, int worker) {
      long address = areas.address(worker);
      long common = shared.address(0);
      if (address != area || common != sharedArea) {
        for (Argument argument : inArea) {
          long start = argument.isShared ? common : address;
          dnnl_memory_set_data_handle(argument.memory, new At(start + argument.offset));
        }
        area = address;
        sharedArea = common;
      }
      int status = dnnl_primitive_execute(primitive, stream, count, arguments);
      if (status != 0) {
        throw new IllegalStateException("oneDNN failed with status " + status);
      }
    }
  }

  /** A kernel that has these objects. */
  public Kernel kernel(Runnable work) {
    return new Kernel() {
      @Override
      public void run() {
        work.run();
      }

      @Override
      public void close() {
        Native.this.close();
      }
    };
  }

  @Override
  public void close() {
    Stream.generate(closers::poll).takeWhile(closer -> closer != null).forEach(Runnable::run);
  }

  /** Memory of somebody else's. */
  private static final class At extends Pointer {
    At(long address) {
      super();
      this.address = address;
    }
  }
}
