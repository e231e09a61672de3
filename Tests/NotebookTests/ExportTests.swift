import Foundation
import Testing

@testable import Notebook

struct ExportTests {
  // MARK: The web page

  @Test func `the web page needs no network and no script`() throws {
    let chapter = try ChapterFixture()
    let path = chapter.folder + "/out.html"
    _ = try chapter.run(["--html", path]).conclude()
    let html = try chapter.read("out.html")
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    for word in ["<script", "<link", "src=\"http", "@import", "url(http"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
    #expect(
      html.contains("<nav") && html.contains("<main") && html.contains("href=\"#what-holds\""))
  }

  @Test func `the web page holds this run's numbers, pictures, claims and code`() throws {
    let chapter = try ChapterFixture()
    _ = try chapter.run(["--html", chapter.folder + "/out.html"]).conclude()
    let html = try chapter.read("out.html")
    #expect(html.contains("<span class=\"live\">0.79</span>") && html.contains("(page: 0.81)"))
    #expect(html.contains("<td>It is better.</td>") && html.contains("<strong>holds</strong>"))
    #expect(html.contains("<figcaption>The word cat.</figcaption>"))
    // Two pictures with the same id in their files have different ones here.
    #expect(html.contains("aria-labelledby=\"pictures-1-t\""))
    #expect(html.contains("<title id=\"pictures-3-t\">dog"))
    #expect(html.contains("#pictures-1-t{fill:#t2f}"))
    #expect(html.contains("main.swift, from line 4"))
    #expect(html.contains("<figcaption>Ramp.swift</figcaption>"))
  }

  @Test func `formulas beside each other are parts of the web page that can stand in lines`() throws
  {
    let chapter = try ChapterFixture(
      page: ChapterFixture.page + "\n$$\na = b, \\qquad c = d\n$$\n\n$$\ne = f\n$$\n")
    _ = try chapter.run(["--html", chapter.folder + "/out.html"]).conclude()
    let html = try chapter.read("out.html")
    let box = /<div class="formula parts scroll">(.*?)<\/div>/.dotMatchesNewlines()
    let parts = try #require(html.firstMatch(of: box)).1
    #expect(parts.matches(of: /<math\b/).count == 2)
    // The source of the whole is kept once.
    #expect(parts.matches(of: /<annotation/).count == 1)
    #expect(parts.contains("a = b, \\qquad c = d"))
    #expect(html.contains("<div class=\"formula scroll\"><math "))
  }

  @Test func `a file says of which run and data its sentences speak`() throws {
    let chapter = try ChapterFixture()
    let (html, ipynb) = (chapter.folder + "/out.html", chapter.folder + "/out.ipynb")
    _ = try chapter.run(["--html", html, "--ipynb", ipynb]).conclude()
    for file in ["out.html", "out.ipynb"] {
      let text = try chapter.read(file)
      #expect(text.matches(of: /The sentences speak of the full run/).count == 1, "\(file)")
    }
  }

  @Test func `text in the web page is escaped`() throws {
    let chapter = try ChapterFixture(
      page: ChapterFixture.page + "\nA `<b>` & \\<i\\>, \"quoted\".\n")
    _ = try chapter.run(["--html", chapter.folder + "/out.html"]).conclude()
    let html = try chapter.read("out.html")
    #expect(html.contains("<code>&lt;b&gt;</code> &amp; &lt;i&gt;"))
  }

  // MARK: The notebook

  @Test func `the notebook has the form of nbformat 4.5`() throws {
    let chapter = try ChapterFixture()
    _ = try chapter.run(["--ipynb", chapter.folder + "/out.ipynb"]).conclude()
    let data = Data(try chapter.read("out.ipynb").utf8)
    let notebook = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(notebook["nbformat"] as? Int == 4 && notebook["nbformat_minor"] as? Int == 5)
    let metadata = try #require(notebook["metadata"] as? [String: [String: String]])
    #expect(metadata["kernelspec"]?["name"] == "swift")
    let cells = try #require(notebook["cells"] as? [[String: Any]])
    let kinds = cells.compactMap { $0["cell_type"] as? String }
    #expect(kinds == ["markdown", "code", "code", "markdown"])
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == cells.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) != nil })
    // A code cell has a count, even where it is null.
    #expect(cells[1].keys.contains("execution_count") && cells[1]["execution_count"] is NSNull)
    #expect(cells[2]["execution_count"] as? Int == 1)
    let outputs = try #require(cells[2]["outputs"] as? [[String: Any]])
    #expect(outputs.count == 3)
    let first = try #require(outputs[0]["data"] as? [String: [String]])
    #expect(first["image/svg+xml"]?.joined().contains("<svg") == true)
    #expect(first["text/plain"] == ["cat"])
    let second = try #require(outputs[1]["data"] as? [String: [String]])
    #expect(second["text/plain"] == ["first\n", "second"] && second["text/html"] != nil)
    let source = try #require(cells[2]["source"] as? [String]).joined()
    #expect(source.hasPrefix("page.cell(\"pictures\")\npage.show(picture)"))
    let text = try #require(cells[0]["source"] as? [String]).joined()
    #expect(text.contains("It reaches 0.79 (page: 0.81) in about"))
  }

  // MARK: Files

  @Test func `a file that cannot be written is found before the run`() throws {
    let chapter = try ChapterFixture()
    func complaint(_ path: String) -> String {
      do {
        try AtomicFiles.check("--html", path)
        return "none"
      } catch { return error.description }
    }
    #expect(complaint(chapter.folder + "/new.html") == "none")
    #expect(complaint(chapter.folder).hasSuffix("is a folder."))
    #expect(complaint(chapter.folder + "/none/x.html").contains("there is no folder"))
    let files = try FileManager.default.contentsOfDirectory(atPath: chapter.folder)
    #expect(files.count == 3)
  }

  @Test func `several files are written together or not at all`() throws {
    let chapter = try ChapterFixture()
    var files = AtomicFiles()
    files.add(chapter.folder + "/README.md", "new")
    files.add(chapter.folder + "/main.swift/x", "no folder of that name can be made")
    #expect(throws: PageError.self) { try files.write() }
    #expect(try chapter.read("README.md") == ChapterFixture.page)
    let left = try FileManager.default.contentsOfDirectory(atPath: chapter.folder)
    #expect(left.count == 3)
  }
}
