package io.ddgan.onednn.runtime;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.ddgan.engine.Kernel;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** The oneDNN objects of a kernel, which are freed together. All elements are float32. */
public final class DnnlObjects implements AutoCloseable {

  public static final int SOURCE = 1;
  public static final int DESTINATION = 17;
  public static final int WEIGHTS = 33;
  public static final int BIAS = 41;
  public static final int SOURCE_GRADIENT = 129;
  public static final int DESTINATION_GRADIENT = 145;
  public static final int WEIGHTS_GRADIENT = 161;

  private static final int SCRATCHPAD = 80;

  private final dnnl_engine engine;
  private final Scratchpads areas;
  private final Scratchpads shared;
  private final long taken;
  private final Set<DnnlObjects> open;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final Map<Object, Primitive> primitives = new HashMap<>();
  private final Map<Object, dnnl_memory_desc> orders = new HashMap<>();

  /**
   * Creates an empty set of objects.
   *
   * @param areas work areas of the threads
   * @param shared area shared by all threads
   * @param taken bytes of the work areas reserved for arguments
   * @param open contains these objects until they are closed
   */
  DnnlObjects(
      dnnl_engine engine,
      Scratchpads areas,
      Scratchpads shared,
      long taken,
      Set<DnnlObjects> open) {
    this.engine = engine;
    this.areas = areas;
    this.shared = shared;
    this.taken = taken;
    this.open = open;
    open.add(this);
  }

  public dnnl_engine engine() {
    return engine;
  }

  public static void check(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException("oneDNN cannot create %s: status %d".formatted(what, status));
    }
  }

  /** Describes an array by its strides in elements; equal descriptions are shared. */
  public dnnl_memory_desc strided(long[] shape, long... strides) {
    return orders.computeIfAbsent(
        List.of(LongBuffer.wrap(shape), LongBuffer.wrap(strides)), key -> describe(shape, strides));
  }

  private dnnl_memory_desc describe(long[] shape, long[] strides) {
    dnnl_memory_desc description = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_strides(description, shape.length, shape, dnnl_f32, strides),
        "a description of " + Arrays.toString(shape));
    return closing(description);
  }

  /** Describes an array whose layout oneDNN chooses. */
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

  /** Returns an array at an address. */
  private dnnl_memory memory(dnnl_memory_desc description, long address) {
    dnnl_memory memory = new dnnl_memory();
    check(dnnl_memory_create(memory, description, engine, new At(address)), "a memory");
    closers.push(() -> dnnl_memory_destroy(memory));
    return memory;
  }

  /** Registers a description to be freed with the others. */
  public dnnl_primitive_desc owned(dnnl_primitive_desc description) {
    closers.push(() -> dnnl_primitive_desc_destroy(description));
    return description;
  }

  /** Returns the layout that a primitive has chosen; valid as long as the primitive. */
  public static dnnl_memory_desc layout(dnnl_primitive_desc primitive, int query) {
    return dnnl_primitive_desc_query_md(primitive, query, 0);
  }

  /** Compiles a primitive. */
  public Primitive primitive(dnnl_primitive_desc description) {
    dnnl_primitive primitive = new dnnl_primitive();
    check(dnnl_primitive_create(primitive, description), "a primitive");
    closers.push(() -> dnnl_primitive_destroy(primitive));
    return new Primitive(primitive, layout(description, dnnl_query_scratchpad_md));
  }

  /** Compiles a primitive once per key, for several parts of a kernel. */
  public Primitive primitive(Object key, Supplier<dnnl_primitive_desc> description) {
    return primitives.computeIfAbsent(key, any -> primitive(description.get()));
  }

  /** Copies an array to one of another layout. */
  public Bound reorder(Array from, Array to) {
    Primitive primitive =
        primitive(
            List.of(from.description, to.description),
            () -> reorder(from.description, to.description));
    return bind(primitive, from.as(SOURCE), to.as(DESTINATION));
  }

  private dnnl_primitive_desc reorder(dnnl_memory_desc from, dnnl_memory_desc to) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    check(
        dnnl_reorder_primitive_desc_create(description, from, engine, to, engine, attributes()),
        "a reorder");
    return owned(description);
  }

  /** Writes the product of matrices or of batches of matrices. */
  public Bound product(Array a, Array b, Array c) {
    return product(a, b, c, false);
  }

  /**
   * Multiplies matrices.
   *
   * @param adds true to add the product to the result
   */
  public Bound product(Array a, Array b, Array c, boolean adds) {
    Primitive primitive =
        primitive(
            List.of(a.description, b.description, c.description, adds),
            () -> product(a.description, b.description, c.description, adds));
    return bind(primitive, a.as(SOURCE), b.as(WEIGHTS), c.as(DESTINATION));
  }

  private dnnl_primitive_desc product(
      dnnl_memory_desc a, dnnl_memory_desc b, dnnl_memory_desc c, boolean adds) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    check(
        dnnl_matmul_primitive_desc_create(
            description, engine, a, b, null, c, adds ? adding() : attributes()),
        "a matrix product");
    return owned(description);
  }

  /** Returns attributes with our own scratchpad memory: oneDNN's is not thread-safe. */
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

  /** Binds a primitive to the arrays that it reads and writes. */
  public Bound bind(Primitive primitive, Argument... arguments) {
    List<Argument> all = new ArrayList<>(List.of(arguments));
    long end = taken;
    for (Argument argument : arguments) {
      end = Math.max(end, argument.array.isShared ? 0 : argument.array.end);
    }
    all.add(inWorkArea(primitive.scratchpad, Scratch.wholeLines(end)).as(SCRATCHPAD));
    dnnl_exec_arg_t pairs = new dnnl_exec_arg_t(all.size());
    for (int i = 0; i < all.size(); i++) {
      pairs.getPointer(i).arg(all.get(i).role).memory(all.get(i).array.memory);
    }
    closers.push(pairs::deallocate);
    List<Array> inArea = all.stream().map(Argument::array).filter(array -> array.end > 0).toList();
    return new Bound(primitive.primitive, pairs, all.size(), inArea);
  }

  /** Returns an array at an address. */
  public Array array(dnnl_memory_desc description, long address) {
    return new Array(description, memory(description, address), 0, 0, false);
  }

  /** Returns an array in the work area of the thread that runs the primitive. */
  public Array inWorkArea(dnnl_memory_desc description, long offset) {
    long end = offset + dnnl_memory_desc_get_size(description);
    areas.reserve(end);
    return new Array(
        description, memory(description, areas.address(0) + offset), offset, end, false);
  }

  /** Returns an array in the area shared by the parts of a kernel. */
  public Array inSharedArea(dnnl_memory_desc description, long offset) {
    long end = offset + dnnl_memory_desc_get_size(description);
    shared.reserve(end);
    return new Array(
        description, memory(description, shared.address(0) + offset), offset, end, true);
  }

  /**
   * A compiled primitive.
   *
   * @param scratchpad memory needed while it runs
   */
  public record Primitive(dnnl_primitive primitive, dnnl_memory_desc scratchpad) {}

  /**
   * An array.
   *
   * @param offset offset in an area
   * @param end end in the area, 0 if it is not in an area
   * @param isShared true if the area is shared by all threads
   */
  public record Array(
      dnnl_memory_desc description, dnnl_memory memory, long offset, long end, boolean isShared) {

    public Argument as(int role) {
      return new Argument(role, this);
    }
  }

  /** An array with its role in a primitive. */
  public record Argument(int role, Array array) {}

  /** A primitive bound to its arrays, to be run by one thread at a time. */
  public final class Bound {

    private final dnnl_primitive primitive;
    private final dnnl_exec_arg_t arguments;
    private final int count;
    private final List<Array> inArea;
    private long area;
    private long sharedArea;

    private Bound(
        dnnl_primitive primitive, dnnl_exec_arg_t arguments, int count, List<Array> inArea) {
      this.primitive = primitive;
      this.arguments = arguments;
      this.count = count;
      this.inArea = inArea;
    }

    void run(dnnl_stream stream, int worker) {
      long address = areas.address(worker);
      long common = shared.address(0);
      if (address != area || common != sharedArea) {
        for (Array array : inArea) {
          long start = array.isShared ? common : address;
          dnnl_memory_set_data_handle(array.memory, new At(start + array.offset));
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

  /** Returns a kernel that owns these objects. */
  public Kernel kernel(Runnable work) {
    return new Kernel() {
      @Override
      public void run() {
        work.run();
      }

      @Override
      public void close() {
        DnnlObjects.this.close();
      }
    };
  }

  @Override
  public void close() {
    open.remove(this);
    Stream.generate(closers::poll).takeWhile(closer -> closer != null).forEach(Runnable::run);
  }

  /** A pointer to memory owned by others. */
  private static final class At extends Pointer {
    At(long address) {
      super();
      this.address = address;
    }
  }
}
