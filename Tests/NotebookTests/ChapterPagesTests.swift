import Foundation
import Testing

@testable import Notebook

struct ChapterPagesTests {
  static let chapters: [String] = {
    let folder = PagePath.package(around: URL(fileURLWithPath: #filePath).path) + "/chapters"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
  }()

  @Test func `there are chapters to check`() {
    #expect(!Self.chapters.isEmpty)
  }

  @Test(arguments: chapters)
  func `a chapter's page agrees with its program and its code`(folder: String) {
    let faults = PageCheck.faults(inChapter: folder)
    #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
  }
}
