package io.ddgan.internal.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads a plug-in and its bundled libraries. Types that plug-ins and the framework exchange are
 * always the framework's. For all others the plug-in's own copy takes precedence and is private to
 * it.
 */
final class PluginClassLoader extends URLClassLoader {

  /** The Java platform, this framework, and the libraries whose types its interfaces mention. */
  private static final List<String> SHARED =
      List.of(
          "java.",
          "javax.",
          "org.w3c.dom.",
          "org.xml.sax.",
          "io.ddgan.",
          "org.nd4j.",
          "org.bytedeco.",
          "com.google.inject.",
          "jakarta.inject.",
          "com.typesafe.config.",
          "org.slf4j.");

  private static final String SERVICES = "META-INF/services/";

  static {
    registerAsParallelCapable();
  }

  /**
   * Creates a loader of jars. The framework's loader loads shared classes and those missing in the
   * jars.
   */
  PluginClassLoader(String name, List<URL> jars, ClassLoader framework) {
    super(name, jars.toArray(URL[]::new), framework);
  }

  /** Returns whether the jars' copy of a class takes precedence over the framework's. */
  private boolean isOwn(String className) {
    return SHARED.stream().noneMatch(className::startsWith)
        && findResource(className.replace('.', '/') + ".class") != null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      return findLoadedClass(name) == null && isOwn(name)
          ? findClass(name)
          : super.loadClass(name, resolve);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /**
   * Returns the jars' resources before the framework's. If a service's interface is in the jars,
   * the framework's providers are excluded: they implement another interface of the same name.
   */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    if (!name.startsWith(SERVICES) || !isOwn(name.substring(SERVICES.length()))) {
      all.addAll(Collections.list(getParent().getResources(name)));
    }
    return Collections.enumeration(all);
  }
}
