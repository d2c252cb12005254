package io.ddgan.contract.crash;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Wraps a file system and notifies an observer before and after every change: each file or folder
 * created, renamed or removed, and each half of a write.
 */
final class WatchedFiles extends FileSystemProvider {

  private final FileSystemProvider files;
  private final Runnable watcher;
  private final Files system;

  private WatchedFiles(FileSystem system, Runnable watcher) {
    this.files = system.provider();
    this.watcher = watcher;
    this.system = new Files(system);
  }

  /** Returns a watched path. */
  static Path watch(Path path, Runnable watcher) {
    return new WatchedFiles(path.getFileSystem(), watcher).watched(path);
  }

  /** Wraps a path in this file system. */
  private Path watched(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            WatchedFiles.class.getClassLoader(),
            new Class<?>[] {Path.class, Watched.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Watched.class) {
                return path;
              }
              if (method.getName().equals("getFileSystem")) {
                return system;
              }
              Object[] plain =
                  arguments == null ? null : Stream.of(arguments).map(this::plain).toArray();
              try {
                return wrap(method.invoke(path, plain));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A path that holds the wrapped one. */
  private interface Watched {
    Path behind();
  }

  private Object wrap(Object result) {
    if (result instanceof Path path) {
      return watched(path);
    }
    if (result instanceof Iterator<?> names) {
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(names, 0), false)
          .map(this::wrap)
          .iterator();
    }
    return result;
  }

  private Object plain(Object argument) {
    return argument instanceof Watched watched ? watched.behind() : argument;
  }

  private static Path behind(Path path) {
    return path instanceof Watched watched ? watched.behind() : path;
  }

  private interface Change<T> {
    T make() throws IOException;
  }

  private <T> T change(Change<T> change) throws IOException {
    watcher.run();
    T result = change.make();
    watcher.run();
    return result;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Change<FileChannel> opening = () -> files.newFileChannel(behind(path), options, attributes);
    boolean writes =
        options.stream()
            .anyMatch(Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND)::contains);
    return writes ? new WatchedChannel(change(opening), watcher) : opening.make();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> entries =
        files.newDirectoryStream(behind(folder), entry -> filter.accept(watched(entry)));
    return new DirectoryStream<>() {

      @Override
      public Iterator<Path> iterator() {
        return StreamSupport.stream(entries.spliterator(), false)
            .map(WatchedFiles.this::watched)
            .iterator();
      }

      @Override
      public void close() throws IOException {
        entries.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    change(
        () -> {
          files.createDirectory(behind(folder), attributes);
          return folder;
        });
  }

  @Override
  public void delete(Path path) throws IOException {
    change(
        () -> {
          files.delete(behind(path));
          return path;
        });
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    change(
        () -> {
          files.move(behind(from), behind(to), options);
          return to;
        });
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    change(
        () -> {
          files.copy(behind(from), behind(to), options);
          return to;
        });
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return files.isSameFile(behind(one), behind(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return files.isHidden(behind(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return files.getFileStore(behind(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    files.checkAccess(behind(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return files.getFileAttributeView(behind(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return files.readAttributes(behind(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return files.readAttributes(behind(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    files.setAttribute(behind(path), name, value, options);
  }

  @Override
  public String getScheme() {
    return files.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return watched(files.getPath(uri));
  }

  /** The file system of the watched paths. */
  private final class Files extends FileSystem {

    private final FileSystem system;

    Files(FileSystem system) {
      this.system = system;
    }

    @Override
    public FileSystemProvider provider() {
      return WatchedFiles.this;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return system.isReadOnly();
    }

    @Override
    public String getSeparator() {
      return system.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return () ->
          StreamSupport.stream(system.getRootDirectories().spliterator(), false)
              .map(WatchedFiles.this::watched)
              .iterator();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return system.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return system.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return watched(system.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = system.getPathMatcher(pattern);
      return path -> matcher.matches(behind(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return system.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return system.newWatchService();
    }
  }
}
