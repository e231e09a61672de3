import Foundation
import Testing

@testable import Notebook

/// The pages that are no chapter's are read by people too: their links lead somewhere, and code that
/// names its file stands in it.
struct FolderPagesTests {
  static let root = PagePath.package(around: URL(fileURLWithPath: #filePath).path)

  @Test(arguments: [
    "", "exercises", "Sources/CourseData", "Sources/Notebook", "Sources/TensorCore",
    "Tests/ExerciseTests",
  ])
  func `a folder's page agrees with what is in the folder`(folder: String) {
    let faults = PageCheck.faults(inChapter: Self.root + "/" + folder)
    #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
  }
}
