extension PageSession {
  /// Sees, before anything is computed, that what is asked for can be written.
  static func checkFiles(_ options: ChapterOptions, folder: String) throws(UsageError) {
    if let path = options.html { try AtomicFiles.check("--html", path) }
    if let path = options.ipynb { try AtomicFiles.check("--ipynb", path) }
    if options.isWeave { try AtomicFiles.check("--weave", folder + "/README.md") }
    if let path = options.html, path == options.ipynb {
      throw UsageError("--html and --ipynb name the same file.")
    }
  }

  /// The files that the reader asked for, after the run.
  func files() throws(PageError) -> AtomicFiles {
    var files = AtomicFiles()
    if options.isWeave {
      files = try Weave(document: document, record: record, folder: folder).files()
    }
    if let path = options.html {
      let page = WebPage(document: document, record: record, options: options, folder: folder)
      files.add(path, try page.html())
    }
    if let path = options.ipynb {
      let notebook = JupyterNotebook(
        document: document, record: record, options: options, folder: folder)
      files.add(path, try notebook.json())
    }
    return files
  }

  /// Does what remains after the text: the check, or the files.
  ///
  /// - Returns: the faults that a check found; none means that all is well.
  func conclude() throws(PageError) -> [PageError] {
    if options.isCheck {
      let faults = drift()
      if faults.isEmpty { emit([checkedLine]) }
      return faults
    }
    let files = try files()
    try files.write()
    emit(closingLines() + files.files.map { "Wrote \(PagePath.shown($0.path))." })
    return []
  }
}
