// swift-tools-version: 6.3
import Foundation
import PackageDescription

// The course needs a Swift toolchain and nothing else. Chapters are added in one line each, below.

// MARK: The optimised core inside a debug build

// `swift run` makes a debug build. The targets whose loops do the training are optimised all the
// same, as one module each, for the processor of this machine (README.md, "For engineers").
let environment = ProcessInfo.processInfo.environment
let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
let architecture = environment["SELFTAUGHT_MARCH"] ?? "native"

/// 512-bit vectors where the processor has them; the kernels are written for either width.
let hasWideVectors =
  architecture == "native"
  ? processor.contains("avx512f") : architecture.contains("avx512") || architecture == "x86-64-v4"

var optimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-disable-batch-mode", "-num-threads", "2"])
]
#if arch(x86_64)
  optimised.append(.unsafeFlags(["-Xcc", "-march=\(architecture)"]))
  if hasWideVectors { optimised.append(.define("WideVectors")) }
#endif

// MARK: Chapters

let chapters: [[Target]] = [
  chapter(1, "01-learning-paradigms")
]

/// One chapter: its program, its exercises and, where they are present, their solutions.
func chapter(_ number: Int, _ folder: String) -> [Target] {
  [
    .executableTarget(
      name: "chapter\(number)", dependencies: ["TensorCore", "CourseData", "Notebook"],
      path: "chapters/\(folder)", exclude: ["README.md"],
      swiftSettings: [.defaultIsolation(MainActor.self)])
  ]
}

// MARK: What the chapters share

let shared: [Target] = [
  .target(
    name: "TensorCore", swiftSettings: optimised, linkerSettings: [.linkedLibrary("m")]),
  .target(name: "CourseData", dependencies: ["TensorCore"], swiftSettings: optimised),
  .target(name: "Notebook", exclude: ["README.md"]),
  .testTarget(name: "TensorCoreTests", dependencies: ["TensorCore"]),
  .testTarget(
    name: "CourseDataTests", dependencies: ["CourseData", "TensorCore"], exclude: ["Fixtures"]),
  .testTarget(name: "NotebookTests", dependencies: ["Notebook"]),
]

let package = Package(
  name: "SelfTaught",
  platforms: [.macOS(.v26)],
  targets: shared + chapters.flatMap(\.self),
  swiftLanguageModes: [.v6]
)
