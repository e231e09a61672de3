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

/// Processors with 512-bit vectors that do not have them in their name.
let wideArchitectures: Set = [
  "x86-64-v4", "cannonlake", "icelake-client", "icelake-server", "rocketlake", "tigerlake",
  "cascadelake", "cooperlake", "sapphirerapids", "emeraldrapids", "graniterapids",
  "graniterapids-d", "znver4", "znver5",
]
/// 512-bit vectors where the processor has them; the kernels are written for either width.
let hasWideVectors =
  architecture == "native"
  ? processor.contains("avx512f")
  : architecture.contains("avx512") || wideArchitectures.contains(architecture)

var optimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-disable-batch-mode", "-num-threads", "2"])
]
#if arch(x86_64)
  optimised.append(.unsafeFlags(["-Xcc", "-march=\(architecture)"]))
  if hasWideVectors { optimised.append(.define("WideVectors")) }
#endif

// MARK: Chapters

let chapters: [[Target]] = [
  chapter(1, "01-learning-paradigms"),
  chapter(2, "02-pretext-and-downstream"),
  chapter(6, "06-autoregressive-language-models"),
  chapter(8, "08-simclr-and-micle"),
]

/// One chapter: its program and, where they are present, its exercises and solutions.
///
/// Exercises come with the program that checks them. A mistake in one chapter's exercises leaves the other chapters' programs alone.
func chapter(_ number: Int, _ folder: String) -> [Target] {
  let name = "Chapter\(number)"
  let hasExercises = isPresent("exercises/\(name)")
  let pictures = isPresent("chapters/\(folder)/figures") ? ["figures"] : []
  var targets: [Target] = [
    .executableTarget(
      name: "chapter\(number)",
      dependencies: ["TensorCore", "CourseData", "Notebook"]
        + (hasExercises ? ["Exercises", .byName(name: "\(name)Exercises")] : []),
      path: "chapters/\(folder)", exclude: ["README.md"] + pictures,
      swiftSettings: [.defaultIsolation(MainActor.self)])
  ]
  if hasExercises {
    targets += [
      .target(
        name: "\(name)Exercises", dependencies: ["TensorCore", "CourseData", "Exercises"],
        path: "exercises/\(name)"),
      .executableTarget(
        name: "check\(number)", dependencies: ["Checkers", .byName(name: "\(name)Exercises")],
        path: "Tests/ExerciseTests/Hosts/\(name)"),
    ]
  }
  if isPresent("solutions/\(name)") {
    targets.append(
      .target(
        name: "\(name)Solutions", dependencies: ["TensorCore", "CourseData", "Exercises"],
        path: "solutions/\(name)"))
  }
  return targets
}

func isPresent(_ folder: String) -> Bool {
  FileManager.default.fileExists(atPath: Context.packageDirectory + "/" + folder)
}

// MARK: Checking exercises

// The checkers see no exercise; only a chapter's checking program, `check1`, joins the two.
var checking: [Target] = [
  .target(name: "Exercises"),
  .target(
    name: "Checkers", dependencies: ["TensorCore", "CourseData", "Exercises"],
    path: "Tests/ExerciseTests/Checkers"),
  .target(name: "ExerciseRunner", dependencies: ["Checkers"]),
  .executableTarget(name: "course", dependencies: ["Checkers", "ExerciseRunner"]),
  .testTarget(name: "CourseTests", dependencies: ["course", "Checkers", "ExerciseRunner"]),
  .executableTarget(
    name: "checkRogues", dependencies: ["Checkers", "Exercises"],
    path: "Tests/ExerciseTests/Rogues"),
  .testTarget(
    name: "ExerciseTests", dependencies: ["Checkers", "ExerciseRunner"],
    path: "Tests/ExerciseTests/Verdicts"),
]
checking.append(
  .testTarget(
    name: "ChapterTests",
    dependencies: ["TensorCore", "CourseData"]
      + chapters.map { .byName(name: $0[0].name) },
    swiftSettings: [.defaultIsolation(MainActor.self)]))
let solutions = chapters.flatMap(\.self).filter { $0.name.hasSuffix("Solutions") }
if !solutions.isEmpty, isPresent("Tests/ExerciseTests/Solutions") {
  checking.append(
    .testTarget(
      name: "SolutionTests",
      dependencies: ["Checkers", "ExerciseRunner", "Exercises", "TensorCore"]
        + solutions.map { .target(name: $0.name) },
      path: "Tests/ExerciseTests/Solutions"))
}

// MARK: What the chapters share

let shared: [Target] = [
  // Read only with the trait OpenBLAS: a machine without the library builds all the rest.
  .systemLibrary(
    name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
  .target(
    name: "TensorCore",
    dependencies: [.target(name: "COpenBLAS", condition: .when(traits: ["OpenBLAS"]))],
    swiftSettings: optimised, linkerSettings: [.linkedLibrary("m")]),
  .target(
    name: "CourseData", dependencies: ["TensorCore"], exclude: ["README.md"],
    swiftSettings: optimised),
  .target(name: "Notebook", exclude: ["README.md", "Figures/README.md"]),
  .executableTarget(
    name: "benchmark", dependencies: ["TensorCore", "Notebook"],
    swiftSettings: [.defaultIsolation(MainActor.self)]),
  .testTarget(
    name: "TensorCoreTests", dependencies: ["TensorCore"], exclude: ["Fixtures"]),
  .testTarget(
    name: "CourseDataTests", dependencies: ["CourseData", "TensorCore"], exclude: ["Fixtures"]),
  .testTarget(name: "NotebookTests", dependencies: ["Notebook"]),
]

let package = Package(
  name: "SelfTaught",
  platforms: [.macOS(.v26)],
  traits: [
    .trait(name: "OpenBLAS", description: "Large matrix products by the OpenBLAS library.")
  ],
  targets: shared + checking + chapters.flatMap(\.self),
  swiftLanguageModes: [.v6]
)
